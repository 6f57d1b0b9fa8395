import { setFlagsFromString } from "node:v8";

/**
 * Sets V8 up for `check`, which reads one file after the other. To be called before threads start,
 * since they share the flags. Where V8 does not know one, it would complain to the user.
 */
export function tuneEngine(): void {
  // What outlives a collection while a large file is read would from then on be made in the old
  // space, with all that hangs on it: trees of files that are done pile up there.
  setFlagsFromString("--no-allocation-site-pretenuring");
  // The last tenth of speed takes a second of compiling, in each thread, and runs are short.
  if (major >= 24) setFlagsFromString("--invocation-count-for-turbofan=30000");
}

const major = Number.parseInt(process.versions.node, 10);
