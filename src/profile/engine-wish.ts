/** What traces every allocation: Python itself, or memray; `auto` is memray where there is one. */
export type EngineWish = "tracemalloc" | "memray" | "auto";

/** Reads an engine as written in an option, a setting or a task; null when it is none. */
export function readEngine(value: unknown): EngineWish | null {
  return value === "tracemalloc" || value === "memray" || value === "auto" ? value : null;
}
