// The rows as a page.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { table } from "../bench/tables.mjs";
import { writeRows } from "./rows.mjs";

const counts = ["Passed", "Failed", "Skipped"];
const head = ["Suite", "Python", ...counts, "Live", "Allocations", "Processes", "Date", "Probe"];
// More tests than this that differ for one reason are told by one of them.
const mostNames = 4;

/** A line for each suite and Python. */
export function tableOf(rows) {
  return table([
    head,
    ...rows.map(row => [
      ...[row.suite, row.python, row.passed, row.failed, row.skipped],
      ...[...row.verdicts, row.processes, row.date, row.digest],
    ]),
  ]);
}

/** Writes the page and its rows, in place only when they are whole. */
export async function writePage(folder, rows) {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, ".results.md.tmp");
  await writeFile(draft, pageOf(rows, new Date()));
  await rename(draft, join(folder, "results.md"));
  await writeRows(folder, rows);
}

function pageOf(rows, now) {
  const versions = [...new Set(rows.map(({ python }) => python))];
  const tests = rows.reduce((sum, row) => sum + row.passed + row.failed + row.skipped, 0);
  return `# Test suites under the probe

Written by \`npm run harmless\` on ${now.toISOString().slice(0, 10)} (Python ${versions.join(", ")}; ${process.platform}).
${tests} tests of CPython and of packages that use processes and threads, each as it is and with the
probe in it at both levels. A row tells when it was measured, and the state of the probe, as
\`digestOf\` in \`scripts/harmless/run-suite.mjs\` tells it; runs replace the rows that they measure anew.

Each suite runs in a folder of its own, once by Python alone and once for each level by
\`profile --level LEVEL\`: a real recorder, and the probe in every process that inherits the
environment. Where a test or the exit code differs, both runs are repeated up to twice. "Same" is
when every test and the exit code come to the same. "Explained" tests differ by what they measure,
with the reason below. "Unsteady" tests differ in some probed runs, not in all. Tests on which plain
runs do not agree are left out of the comparison. "Processes" is how many of them the run at the live
level saw.

${tableOf(rows)}
${explainedText(rows)}${otherText(rows)}${flakyText(rows)}${missingText(rows)}`;
}

function explainedText(rows) {
  const steady = differencesOf(rows).filter(({ isSteady, reason }) => isSteady && reason);
  const reasons = [...new Set(steady.map(({ reason }) => reason))];
  return reasons
    .map(reason => section(reason, linesOf(steady.filter(each => each.reason === reason))))
    .join("");
}

function otherText(rows) {
  const all = differencesOf(rows);
  const always = all.filter(({ isSteady, reason }) => isSteady && !reason);
  const sometimes = all.filter(({ isSteady }) => !isSteady);
  return (
    section("Not as before, in each run:", linesOf(always)) +
    section("Unsteady under the probe:", linesOf(sometimes))
  );
}

function differencesOf(rows) {
  return rows.flatMap(({ suite, python, differences }) =>
    differences.map(each => ({ suite, python, ...each })),
  );
}

/** One line for each test, or for all of a suite that differ in the same way. */
function linesOf(differences) {
  const groups = new Map();
  for (const each of differences) {
    const { suite, python, level, before, after, times, runs, isSteady, reason } = each;
    const share = isSteady ? "" : ` (${times} of ${runs} runs)`;
    const why = isSteady || !reason ? "" : `. ${reason.replace(/:$/, ".")}`;
    const text = `Python ${python}, ${level}: ${before} plain, ${after} probed${share}${why}`;
    const key = `${suite} ${text}`;
    groups.set(key, { text, ids: [...(groups.get(key)?.ids ?? []), each.id] });
  }
  return [...groups.values()].flatMap(({ ids, text }) =>
    ids.length > mostNames
      ? [`${ids.length} tests, as \`${ids[0]}\`, ${text}`]
      : ids.map(id => `\`${id}\`, ${text}`),
  );
}

function flakyText(rows) {
  const lines = rows.flatMap(({ python, flaky }) => flaky.map(id => `\`${id}\`, Python ${python}`));
  return section("Left out, since plain runs did not agree on them:", lines);
}

/** What runs said of themselves. */
function missingText(rows) {
  const lines = rows.flatMap(({ suite, python, problems }) =>
    problems.map(({ level, text }) => `${suite}, Python ${python}, ${level}: ${text}`),
  );
  return section("What the runs said is missing in them:", lines);
}

function section(title, lines) {
  return lines.length === 0 ? "" : `\n${title}\n\n${lines.map(line => `- ${line}\n`).join("")}`;
}
