import type { FunctionRun, Profile } from "#profile";
import type { FindingPlace, LineRange } from "./place";

/** Whether a run reached a place, as far as that is known. */
export type Execution = "ran" | "not-executed" | "not-loaded" | "unknown";

/**
 * Tells whether the code around a finding ran. `file` is the file's index in the profile, or -1
 * when the run never met it.
 */
export function executionOf(profile: Profile, file: number, place: FindingPlace): Execution {
  if (profile.coverage === "none") return "unknown";
  const known = profile.functions.filter(run => run.file === file);
  const run = place.enclosing ? closest(known, place.enclosing) : moduleOf(known);
  // A function that goes on, or will be called again, may not have come to this line yet.
  if (run?.hasRun) return profile.hasEnded ? "ran" : "unknown";
  // What a run that was cut short would still have done is not known.
  if (!profile.isComplete) return "unknown";
  if (run) return "not-executed";
  // A file that was never imported cannot have run; of one that was, this function may be missing.
  return file < 0 ? "not-loaded" : "unknown";
}

function moduleOf(runs: readonly FunctionRun[]): FunctionRun | undefined {
  return runs.find(run => run.name === "<module>");
}

/** The run whose lines are nearest to a function's; decorators may make the two begin apart. */
function closest(runs: readonly FunctionRun[], range: LineRange): FunctionRun | undefined {
  let best: FunctionRun | undefined;
  let bestDistance = Infinity;
  for (const run of runs) {
    if (run.name === "<module>" || run.lastLine < range.first || run.firstLine > range.last)
      continue;
    const distance = Math.abs(run.firstLine - range.first) + Math.abs(run.lastLine - range.last);
    if (distance >= bestDistance) continue;
    best = run;
    bestDistance = distance;
  }
  return best;
}
