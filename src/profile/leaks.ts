import { type Bytes, sum } from "#base";
import { type GrowingType, growingTypes } from "./growing-types";
import { lineKey } from "./line-key";
import type { FigureSource, LineDelta, Profile, Stop } from "./model";

/** How sure it is that a line leaks: it grew each time, and how often that was seen. */
export type Confidence = "likely" | "possible";

/** A line that grew from round to round. */
export interface LeakSuspect {
  readonly file: number;
  readonly line: number;
  /** Rounds in which it grew, of `LeakHunt.rounds`. */
  readonly grewIn: number;
  /** The median of what a round added. */
  readonly bytesPerRound: Bytes;
  /** Null when only sampled. */
  readonly blocksPerRound: number | null;
  readonly totalBytes: Bytes;
  readonly confidence: Confidence;
}

/** A place that the program came to again and again, and the lines that grew from one time to the next. */
export interface LeakHunt {
  readonly place: NonNullable<Stop["at"]>;
  /** Rounds that count: the first fills caches and is left out. */
  readonly rounds: number;
  readonly source: FigureSource;
  /** The user's code and libraries, largest growth first; never the profiler's own. */
  readonly suspects: readonly LeakSuspect[];
  /** Types of which there were more after each round; those of the profiler's objects too. */
  readonly types: readonly GrowingType[];
}

/** Fewer say nothing. */
const leastRounds = 3;
const roundsForLikely = 5;
/** Resident memory comes in pages, and not every page when it is asked for. */
const leastSampledShare = 0.8;
/** At the line where it stops, the debugger makes a little by looking. */
const leastAtPlace: Bytes = 1024;

/**
 * Looks for leaks in what stops at one place have measured: a breakpoint in a loop, a logpoint
 * `memory: round`, a test that is repeated. Takes the place that one process met most often; null when
 * none was met often enough. Its other stops in between belong to the round.
 */
export function huntLeaks(profile: Profile): LeakHunt | null {
  const met = metMost(profile.stops);
  if (!met) return null;
  const { place, pid } = met;
  const own = profile.stops.filter(stop => stop.pid === pid);
  const rounds = roundsAt(own, place).slice(1);
  const source = rounds.at(-1)?.source;
  const alike = rounds.filter(round => round.source === source);
  if (alike.length < leastRounds || source === undefined) return null;
  const types = growingTypes(alike.map(({ stops }) => stops));
  return {
    place,
    rounds: alike.length,
    source,
    suspects: suspectsIn(profile, alike, place),
    types,
  };
}

/** What grew from one arrival at a place to the next. */
interface Round {
  readonly source: FigureSource;
  /** The stops on the way, with the arrival. */
  readonly stops: readonly Stop[];
}

/** A place and how often a process came to it. */
interface Meeting {
  readonly place: LeakHunt["place"];
  readonly pid: number;
  readonly count: number;
}

function metMost(stops: readonly Stop[]): Meeting | null {
  const meetings = new Map<string, Meeting>();
  for (const { at, pid } of stops) {
    if (!at) continue;
    const key = `${pid} ${keyOf(at)}`;
    const entry = meetings.get(key) ?? { place: at, pid, count: 0 };
    meetings.set(key, { ...entry, count: entry.count + 1 });
  }
  let most: Meeting | null = null;
  for (const entry of meetings.values()) if (entry.count > (most?.count ?? 0)) most = entry;
  // Two arrivals make one round, and the first round does not count.
  return most && most.count > leastRounds + 1 ? most : null;
}

function roundsAt(stops: readonly Stop[], place: LeakHunt["place"]): readonly Round[] {
  const rounds: Round[] = [];
  let since: Stop[] | null = null;
  for (const stop of stops) {
    since?.push(stop);
    if (!stop.at || keyOf(stop.at) !== keyOf(place)) continue;
    // A round in which the level changed has figures of two kinds.
    const { source } = stop;
    if (since?.every(each => each.source === source)) rounds.push({ source, stops: since });
    since = [];
  }
  return rounds;
}

/** What one line grew by in each round; rounds that do not name it have zeros. */
interface Growth {
  readonly file: number;
  readonly line: number;
  readonly bytes: number[];
  readonly blocks: number[];
}

function suspectsIn(
  profile: Profile,
  rounds: readonly Round[],
  place: LeakHunt["place"],
): readonly LeakSuspect[] {
  const isLookedAt = ({ file, line, bytesPerRound }: LeakSuspect) =>
    bytesPerRound < leastAtPlace && line === place.line && profile.files[file]?.path === place.file;
  const isSampled = rounds[0]?.source === "sampled";
  const least = isSampled ? Math.ceil(rounds.length * leastSampledShare) : rounds.length;
  return growthByLine(rounds)
    .filter(({ file, bytes }) => {
      return grownIn(bytes) >= least && profile.files[file]?.origin !== "tool";
    })
    .map(growth => toSuspect(growth, isSampled))
    .filter(suspect => suspect.totalBytes > 0 && !isLookedAt(suspect))
    .sort((a, b) => b.totalBytes - a.totalBytes);
}

function growthByLine(rounds: readonly Round[]): readonly Growth[] {
  const lines = new Map<number, Growth>();
  for (const [index, { stops }] of rounds.entries()) {
    for (const { rows } of stops) {
      for (const row of rows) {
        const key = lineKey(row);
        let growth = lines.get(key);
        if (!growth) lines.set(key, (growth = unchanged(row, rounds.length)));
        growth.bytes[index] = (growth.bytes[index] ?? 0) + row.bytes;
        growth.blocks[index] = (growth.blocks[index] ?? 0) + (row.blocks ?? 0);
      }
    }
  }
  return [...lines.values()];
}

function unchanged({ file, line }: LineDelta, rounds: number): Growth {
  const zeros = () => new Array<number>(rounds).fill(0);
  return { file, line, bytes: zeros(), blocks: zeros() };
}

function grownIn(bytes: readonly number[]): number {
  return bytes.filter(each => each > 0).length;
}

function toSuspect({ file, line, bytes, blocks }: Growth, isSampled: boolean): LeakSuspect {
  const grewIn = grownIn(bytes);
  const isSure = grewIn === bytes.length && bytes.length >= roundsForLikely;
  return {
    file,
    line,
    grewIn,
    bytesPerRound: median(bytes),
    blocksPerRound: isSampled ? null : median(blocks),
    totalBytes: sum(bytes),
    confidence: isSure && steady(bytes) ? "likely" : "possible",
  };
}

/** What grows by about the same each time is no cache that fills up. */
function steady(bytes: readonly number[]): boolean {
  const half = Math.floor(bytes.length / 2);
  const early = sum(bytes.slice(0, half)) / half;
  const late = sum(bytes.slice(half)) / (bytes.length - half);
  return late >= early / 2;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function keyOf({ file, line }: LeakHunt["place"]): string {
  return `${file}:${line}`;
}
