import type { Bytes } from "#base";
import type { FigureSource, Profile } from "#profile";
import { confirmedFromBytes, type Evidence } from "./evidence";
import { executionOf } from "./execution";
import { figuresOn, type PlaceFigures } from "./figures";
import { fileKey, type FindingPlace } from "./place";

const nothing = { source: null, bytes: null, blocks: null, share: null };

/**
 * Joins a finding with a run: what its lines measured, or why there is nothing.
 * A stale file keeps its figures, for the lines may still be the same ones.
 */
export function evidenceFor(
  place: FindingPlace,
  profile: Profile,
  { isStale }: { readonly isStale: boolean },
): Evidence {
  const key = fileKey(place.file);
  const file = profile.files.findIndex(candidate => fileKey(candidate.path) === key);
  const figures = file < 0 ? null : figuresOn(profile, file, place.lines);
  const { saves } = place;
  const measured = { saves, ...(figures ? withShare(figures, profile) : nothing) };
  if (isStale) return { state: "stale", ...measured };
  if (figures && figures.bytes >= confirmedFromBytes) return { state: "confirmed", ...measured };
  if (figures) return { state: "small", ...measured };
  const execution = executionOf(profile, file, place);
  return { state: execution === "ran" ? "small" : execution, ...measured };
}

function withShare(figures: PlaceFigures, profile: Profile): Omit<Evidence, "state" | "saves"> {
  const peak = peakOf(profile, figures.source);
  return { ...figures, share: peak ? Math.min(1, figures.bytes / peak) : null };
}

function peakOf(profile: Profile, source: FigureSource): Bytes | null {
  return source === "sampled" ? profile.peakRssBytes : profile.peakTracedBytes;
}
