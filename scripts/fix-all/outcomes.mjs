// Compares what the tests of a suite came to, by test: `{ [id]: "passed" | "failed" | … }`.

/** Splits runs of one suite into what was the same in each and the ids of what was not, sorted. */
export function stableOutcomes(runs) {
  const ids = [...new Set(runs.flatMap(Object.keys))].sort();
  const isStable = id => runs.every(outcomes => outcomes[id] === runs[0][id]);
  return {
    outcomes: Object.fromEntries(ids.filter(isStable).map(id => [id, runs[0][id]])),
    flaky: ids.filter(id => !isStable(id)),
  };
}

/** Says, a line for each test, what differs; tests named in `flaky` are left out. */
export function differences(before, after, flaky) {
  const ignored = new Set(flaky);
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return ids
    .filter(id => !ignored.has(id) && before[id] !== after[id])
    .map(id => `${id}: ${before[id] ?? "not run"} before, ${after[id] ?? "not run"} after`);
}

/** How many passed, failed (errors too) and were skipped (expected failures too). */
export function countOutcomes(outcomes) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const outcome of Object.values(outcomes)) {
    if (outcome === "passed" || outcome === "xpassed") counts.passed++;
    else if (outcome === "failed" || outcome === "error") counts.failed++;
    else counts.skipped++;
  }
  return counts;
}
