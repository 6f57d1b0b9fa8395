import { betweenText, type Profile, type Stop, stopsBetween, toBetweenReport } from "#profile";
import type { BetweenArgument } from "./between-argument";

/** How what grew between two stops is written. */
interface Writing {
  readonly roots: readonly string[];
  readonly format: "text" | "json";
}

/** Writes what grew between two stops of a run, or says why there is nothing to write. */
export function reportBetween(
  profile: Profile,
  { from, to }: BetweenArgument,
  { roots, format }: Writing,
): { readonly text: string } | { readonly problem: string } {
  const between = stopsBetween(profile, from, to);
  if (!between) return { problem: whyNot(profile.stops, from, to) };
  return {
    text:
      format === "json"
        ? `${JSON.stringify(toBetweenReport(profile, between), null, 2)}\n`
        : betweenText(profile, between, roots),
  };
}

function whyNot(stops: readonly Stop[], from: number | null, to: number): string {
  if (stops.length === 0) return "it has no stops to compare";
  const asked = from === null ? [to] : [from, to];
  const unknown = asked.find(id => !stops.some(stop => stop.id === id));
  if (unknown !== undefined) return `it has no stop ${unknown}; ${whichThereAre(stops)}`;
  const [pid, other] = asked.map(id => stops.find(stop => stop.id === id)?.pid);
  return pid === other
    ? `stop ${asked[0]} does not come before stop ${to}`
    : `stops ${asked.join(" and ")} are of two processes; ${whichThereAre(stops)}`;
}

/** Names the stops of each process: `its stops are 1 to 4 of pid 10; 5, 6 of pid 11, and before them the start`. */
function whichThereAre(stops: readonly Stop[]): string {
  const pids = [...new Set(stops.map(({ pid }) => pid))];
  const lists = pids.map(pid => {
    const ids = stops.filter(stop => stop.pid === pid).map(({ id }) => id);
    return `${ranges(ids)}${pids.length > 1 ? ` of pid ${pid}` : ""}`;
  });
  return `its stops are ${lists.join("; ")}, and before them the start`;
}

/** Writes rising numbers as people do: `1 to 4, 7`. */
function ranges(numbers: readonly number[]): string {
  const starts = numbers.filter((each, i) => numbers[i - 1] !== each - 1);
  const ends = numbers.filter((each, i) => numbers[i + 1] !== each + 1);
  return starts.map((first, i) => range(first, ends[i] ?? first)).join(", ");
}

function range(first: number, last: number): string {
  if (first === last) return String(first);
  return `${first}${last === first + 1 ? "," : " to"} ${last}`;
}
