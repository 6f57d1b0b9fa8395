import type { Stop } from "./model";

/** The type of which there are most new objects since the stop before. */
export interface TopType {
  readonly name: string;
  /** Objects more than at the stop before. */
  readonly change: number;
  /** True when at least half of the new blocks are objects of it. */
  readonly isMost: boolean;
}

/** Fewer objects are a matter of what the debugger and the interpreter do meanwhile. */
const leastObjects = 1000;
const leastShare = 0.1;

/**
 * Names the type that stands out among what came since the stop before; null when none does. Only
 * what the garbage collector knows is counted: a text or a number is a block without a name.
 */
export function topTypeOf({ blocks, types }: Pick<Stop, "blocks" | "types">): TopType | null {
  const [first, ...others] = types ?? [];
  if (!first) return null;
  const { name, change } = others.reduce(
    (top, one) => (one.change > top.change ? one : top),
    first,
  );
  // Where there are fewer blocks than before, what came is not what the stop is about.
  if (blocks <= 0 || change < leastObjects || change < leastShare * blocks) return null;
  return { name, change, isMost: change >= blocks / 2 };
}
