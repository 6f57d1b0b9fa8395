import type { Gain } from "./rule";

/**
 * What mending a finding saves:
 * - `bytes`: those that its lines allocate;
 * - `kept`: those that it keeps alive, which other lines allocated;
 * - `time`: time and copies; memory stays as it is.
 */
export type Saving = "bytes" | "kept" | "time";

/** Tells what mending saves; `hasAllocations` when the rule names the lines that allocate. */
export function savingOf(gains: readonly Gain[], hasAllocations: boolean): Saving {
  if (gains.includes("lifetime") && !hasAllocations) return "kept";
  const isMemory = gains.some(gain => gain !== "time" && gain !== "copies");
  return isMemory ? "bytes" : "time";
}
