// Required by mocha before the tests: properties are tried on the same inputs in each run, so that
// whether a change is green depends on the change. MEMORY_INSIGHTS_SEED=random tries others, and a
// number tries those that a failure has named; the fuzzer of `npm run fuzz` goes on where this ends.
import fc from "fast-check";

const wanted = process.env.MEMORY_INSIGHTS_SEED ?? "1";
if (wanted !== "random") {
  const seed = Number(wanted);
  if (!Number.isInteger(seed)) {
    throw new Error(`MEMORY_INSIGHTS_SEED must be a whole number or random, not ${wanted}`);
  }
  fc.configureGlobal({ seed });
}
