// The results as a page.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { table } from "../bench/tables.mjs";
import { countOutcomes } from "../fix-all/outcomes.mjs";

const head = ["Suite", "Python", "Passed", "Failed", "Skipped", "Live", "Allocations", "Processes"];

/** A row for each suite and Python; counts are those of the first plain run. */
export function tableOf(results, known) {
  return table([head, ...results.map(result => rowOf(result, known))]);
}

function rowOf({ suite, python, plain, levels }, known) {
  const { passed, failed, skipped } = countOutcomes(plain[0].outcomes);
  const [live] = levels;
  return [
    `test_${suite.name}`,
    python.version,
    passed,
    failed,
    skipped,
    ...levels.map(level => verdict({ suite, python, plain, ...level }, known)),
    live.probed[0].processes,
  ];
}

function verdict(of, known) {
  if (of.probed.some(({ isLate }) => isLate)) return of.plain[0].isLate ? "both late" : "no: late";
  const parts = [];
  const explained = of.always.filter(each => reasonFor(of, each, known));
  const others = of.always.length - explained.length;
  if (others > 0) parts.push(`no: ${others}`);
  if (hasOtherEnd(of)) parts.push(`no: ended with ${of.probed[0].code}`);
  if (explained.length > 0) parts.push(`${explained.length} explained`);
  if (of.sometimes.length > 0) parts.push(`${of.sometimes.length} unsteady`);
  return parts.length === 0 ? "same" : parts.join(", ");
}

/** True where each run ends otherwise, and not only by 1 for the tests that differ. */
function hasOtherEnd({ plain, probed, always, sometimes }) {
  const codes = new Set(plain.map(({ code }) => code));
  if (always.length + sometimes.length > 0) for (const code of [0, 1]) codes.add(code);
  return probed.every(({ code }) => !codes.has(code));
}

/** Why a test must come to something else, or undefined. */
function reasonFor({ suite, python, level }, { id, after }, known) {
  const { reason } =
    known.find(
      each =>
        (each.suite === undefined || each.suite === suite.name) &&
        (each.tests === undefined || each.tests.some(test => id.endsWith(`.${test}`))) &&
        (each.after === undefined || each.after === after) &&
        (each.pythons === undefined || each.pythons.includes(python.minor)) &&
        (each.levels === undefined || each.levels.includes(level)),
    ) ?? {};
  return reason;
}

/** True where a test always differs and nobody has said why, or a run ends otherwise. */
export function isHarmed({ suite, python, plain, levels }, known) {
  return levels.some(level => verdict({ suite, python, plain, ...level }, known).startsWith("no"));
}

/** Writes the page, in place only when it is whole. */
export async function writePage(folder, results, known, digest) {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, ".results.md.tmp");
  await writeFile(draft, pageOf(results, { known, digest }, new Date()));
  await rename(draft, join(folder, "results.md"));
}

function pageOf(results, { known, digest }, now) {
  const versions = [...new Set(results.map(({ python }) => python.version))];
  const tests = results.reduce((sum, { plain }) => sum + Object.keys(plain[0].outcomes).length, 0);
  return `# CPython's own tests under the probe

Written by \`npm run harmless\` on ${now.toISOString().slice(0, 10)} (Python ${versions.join(", ")}; ${process.platform}).
${tests} tests, each as it is and with the probe in it at both levels; the state of the probe is
\`${digest}\`, as \`digestOf\` in \`scripts/harmless/run-suite.mjs\` tells it.

Each suite runs in a folder of its own, once by Python alone and once for each level by
\`profile --level LEVEL\`: a real recorder, and the probe in every process that inherits the
environment. Where a test or the exit code differs, both runs are repeated up to twice. "Same" is
when every test and the exit code come to the same. "Explained" tests differ by what they measure, with the reason
below. "Unsteady" tests differ in some probed runs, not in all. Tests on which plain runs do not
agree are left out of the comparison. "Processes" is how many of them the run at the live level saw.

${tableOf(results, known)}
${explainedText(results, known)}${otherText(results, known)}${flakyText(results)}${missingText(results)}`;
}

function explainedText(results, known) {
  const reasons = new Map();
  for (const { of, each } of differencesOf(results, "always")) {
    const reason = reasonFor(of, each, known);
    if (reason) reasons.set(reason, [...(reasons.get(reason) ?? []), lineOf(of, each)]);
  }
  return [...reasons].map(([reason, lines]) => section(reason, lines)).join("");
}

function otherText(results, known) {
  const always = differencesOf(results, "always").filter(
    ({ of, each }) => !reasonFor(of, each, known),
  );
  const lines = list =>
    list.map(({ of, each }) => {
      const reason = reasonFor(of, each, known);
      return `${lineOf(of, each)}${reason ? `. ${reason}` : ""}`;
    });
  return (
    section("Not as before, in each run:", lines(always)) +
    section("Unsteady under the probe:", lines(differencesOf(results, "sometimes")))
  );
}

function differencesOf(results, kind) {
  return results.flatMap(({ suite, python, levels }) =>
    levels.flatMap(level =>
      level[kind].map(each => ({ of: { suite, python, level: level.level }, each })),
    ),
  );
}

function lineOf({ python, level }, { id, times, of, before, after }) {
  const share = times < of ? ` (${times} of ${of} runs)` : "";
  return `\`${id}\`, Python ${python.version}, ${level}: ${before} plain, ${after} probed${share}`;
}

function flakyText(results) {
  const lines = results.flatMap(({ python, flaky }) =>
    flaky.map(id => `\`${id}\`, Python ${python.version}`),
  );
  return section("Left out, since plain runs did not agree on them:", lines);
}

/** What runs said of themselves. */
function missingText(results) {
  const lines = results.flatMap(({ suite, python, levels }) =>
    levels.flatMap(({ level, probed }) =>
      probed[0].problems.map(
        text => `test_${suite.name}, Python ${python.version}, ${level}: ${text}`,
      ),
    ),
  );
  return section("What the runs said is missing in them:", lines);
}

function section(title, lines) {
  return lines.length === 0 ? "" : `\n${title}\n\n${lines.map(line => `- ${line}\n`).join("")}`;
}
