import type { Bytes } from "./units";

/** Of the largest of several figures, a smaller part than one of so many is nothing beside it. */
const leastPart = 1_000;

/** Leaves out what is nothing beside the largest, whichever way that changed. */
export function worthShowing<T extends { readonly bytes: Bytes }>(rows: readonly T[]): T[] {
  const largest = Math.max(0, ...rows.map(({ bytes }) => Math.abs(bytes)));
  return rows.filter(({ bytes }) => Math.abs(bytes) * leastPart >= largest);
}
