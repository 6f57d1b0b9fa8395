// One suite on one Python: what its tests come to with the probe, by what they come to without.
import { stableOutcomes } from "../fix-all/outcomes.mjs";
import { ProgramFailed } from "../processes.mjs";
import { labelOf } from "./program.mjs";
import { levels, runSuite } from "./run-suite.mjs";

const mostRuns = 3;

/**
 * Compares a suite test by test. Where a test differs, plain and probed runs are both repeated, so
 * that a test which does not agree with itself is told apart. Undefined where results are only to
 * be read and are not there.
 *
 * @throws ProgramFailed when it has no tests here
 */
export async function trySuite(suite, python, context) {
  const plain = await runsOf(suite, python, "plain", context);
  if (plain.length === 0) return undefined;
  if (Object.keys(plain[0].outcomes).length === 0) {
    throw new ProgramFailed(`no test of ${labelOf(suite)} ran on Python ${python.version}`, "");
  }
  const found = [];
  for (const level of levels) {
    const probed = await runsOf(suite, python, level, context);
    if (probed.length === 0) return undefined;
    for (let number = 1; number < mostRuns && differ(plain, probed); number++) {
      await again(plain, suite, python, "plain", number, context);
      await again(probed, suite, python, level, number, context);
    }
    // What a run that took too long did not come to says nothing, where another did.
    const whole = probed.filter(({ isLate }) => !isLate);
    found.push({ level, probed: whole.length > 0 ? whole : probed });
  }
  const flaky = flakyOf(plain);
  return { suite, python, plain, flaky, levels: found.map(each => judge(each, plain, flaky)) };
}

async function runsOf(suite, python, way, context) {
  const first = await runSuite(suite, python, way, 0, context);
  return first ? [first] : [];
}

async function again(runs, suite, python, way, number, context) {
  if (runs.length > number) return;
  const run = await runSuite(suite, python, way, number, context);
  if (run) runs.push(run);
}

/** Tests on which the plain runs so far do not agree say nothing of the probe. */
function differ(plain, probed) {
  const ignored = new Set(flakyOf(plain));
  const ids = differing(plain[0], probed.at(-1)).filter(id => !ignored.has(id));
  return probed.at(-1).code !== plain[0].code || ids.length > 0;
}

function flakyOf(plain) {
  return stableOutcomes(plain.map(({ outcomes }) => outcomes)).flaky;
}

function differing(plain, probed) {
  const ids = new Set([...Object.keys(plain.outcomes), ...Object.keys(probed.outcomes)]);
  return [...ids].filter(id => plain.outcomes[id] !== probed.outcomes[id]).sort();
}

/** `always` has the tests that differ in each probed run; `sometimes` those that do in a few. */
function judge({ level, probed }, plain, flaky) {
  const ignored = new Set(flaky);
  const perRun = probed.map(run => differing(plain[0], run).filter(id => !ignored.has(id)));
  const ids = [...new Set(perRun.flat())].sort();
  const counts = ids.map(id => ({ id, times: perRun.filter(run => run.includes(id)).length }));
  const described = counts.map(({ id, times }) => ({
    id,
    times,
    of: probed.length,
    before: plain[0].outcomes[id] ?? "not run",
    after: probed.map(({ outcomes }) => outcomes[id] ?? "not run").find(differsFrom(plain[0], id)),
  }));
  return {
    level,
    probed,
    always: described.filter(({ times }) => times === probed.length),
    sometimes: described.filter(({ times }) => times < probed.length),
  };
}

function differsFrom(plain, id) {
  return outcome => outcome !== (plain.outcomes[id] ?? "not run");
}
