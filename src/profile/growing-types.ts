import { sum } from "#base";
import type { Stop } from "./model";

/** A type of which there were more objects after each round. */
export interface GrowingType {
  readonly name: string;
  /** Rounds that were counted, in all of which it grew. */
  readonly grewIn: number;
  /** The median of what a round added. */
  readonly perRound: number;
  readonly total: number;
}

const leastRounds = 3;

/**
 * The types whose objects became more in every round that was counted, the most first. `rounds` are
 * the stops of each. Only what the collector knows is counted: containers and instances, no texts and
 * no numbers.
 */
export function growingTypes(rounds: readonly (readonly Stop[])[]): readonly GrowingType[] {
  const counted = rounds.filter(stops => stops.at(-1)?.types);
  if (counted.length < leastRounds) return [];
  const changes = new Map<string, number[]>();
  for (const [index, stops] of counted.entries()) {
    for (const { name, change } of stops.flatMap(stop => stop.types ?? [])) {
      const column = changes.get(name) ?? new Array<number>(counted.length).fill(0);
      column[index] = (column[index] ?? 0) + change;
      changes.set(name, column);
    }
  }
  return [...changes]
    .filter(([, column]) => column.every(change => change > 0))
    .map(([name, column]) => toGrowingType(name, column))
    .sort((a, b) => b.total - a.total);
}

function toGrowingType(name: string, column: readonly number[]): GrowingType {
  const sorted = [...column].sort((a, b) => a - b);
  return {
    name,
    grewIn: column.length,
    perRound: sorted[Math.floor(sorted.length / 2)] ?? 0,
    total: sum(column),
  };
}
