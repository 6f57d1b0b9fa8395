import type { Io } from "./io";

/** Stands where `check` will be. */
export function runCheck(_argv: readonly string[], io: Io): Promise<number> {
  io.err("memory-insights check: not built in yet\n");
  return Promise.resolve(2);
}
