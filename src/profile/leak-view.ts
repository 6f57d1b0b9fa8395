import { huntLeaks } from "./leaks";
import { labelOf, toRow } from "./line-rows";
import type { LeakView } from "./live-view";
import type { Profile } from "./model";

const mostRows = 10;

/** What grew each time the program came to a place; null until it was met often enough. */
export function leakView(profile: Profile, roots: readonly string[]): LeakView | null {
  const hunt = huntLeaks(profile);
  if (!hunt) return null;
  const { place, rounds, source, suspects, types } = hunt;
  const name = labelOf(place.file, "user", roots);
  return {
    place: place.line > 0 ? `${name}:${place.line}` : name,
    rounds,
    rows: suspects
      .slice(0, mostRows)
      .map(({ file, line, bytesPerRound, blocksPerRound, grewIn, confidence }) => ({
        ...toRow(profile, roots, source, {
          file,
          line,
          bytes: bytesPerRound,
          blocks: blocksPerRound,
        }),
        grewIn,
        confidence,
      })),
    types: types.slice(0, mostRows).map(({ name, perRound }) => ({ name, perRound })),
  };
}
