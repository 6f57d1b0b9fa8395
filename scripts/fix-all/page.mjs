// The results as a page.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { table } from "../bench/tables.mjs";
import { countOutcomes } from "./outcomes.mjs";

const head = ["Package", "Files", "Safe fixes", "Rules", "Changed", "Passed", "Failed", "Skipped"];

/** A row for each package; counts of tests are those of both runs, which are the same in a good row. */
export function tableOf(results) {
  return table([[...head, "Left out", "Same after"], ...results.map(rowOf)]);
}

function rowOf(result) {
  const { tested, isTried = true, problems } = result;
  const name = `${tested.name} ${tested.version}${tested.part ? ` (${tested.part})` : ""}`;
  if (!isTried) return [name, ...head.slice(1).map(() => "?"), "?", "not tried"];
  const { passed, failed, skipped } = countOutcomes(result.before);
  const rules = result.rules.map(([code]) => code).join(", ");
  const counts = [result.files.length, passed, failed, skipped, result.flaky.length];
  const verdict = problems.length === 0 ? "yes" : `no: ${problems.length}`;
  return [name, result.parsed, result.fixes, rules || "–", ...counts, verdict];
}

/** Writes the page, in place only when it is whole; `of` is how many packages there are. */
export async function writePage(folder, results, { pythons, of }) {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, ".results.md.tmp");
  await writeFile(draft, pageOf(results, { pythons, of }, new Date()));
  await rename(draft, join(folder, "results.md"));
}

function pageOf(results, { pythons, of }, now) {
  const [python, oldest = python] = pythons;
  const fixes = results.reduce((sum, { fixes = 0 }) => sum + fixes, 0);
  const tried = results.filter(({ isTried = true }) => isTried).length;
  const tests = results.reduce((sum, { before = {} }) => sum + Object.keys(before).length, 0);
  return `# Fixes over real packages

Written by \`npm run fix-all\` on ${now.toISOString().slice(0, 10)} (Python ${python.version}).
${fixes} safe fixes in ${tried} packages${results.length < of ? ` (of ${of}: the run was stopped)` : ""}, judged by ${tests} of their own tests.

The source of each package as published, its tests included, is fixed with
\`check --fix --isolated --select ALL\`: all safe fixes, also those of rules that are off unless
selected. The suite runs before and after in the same folder with the same packages; where a test
differs, twice more before, to leave out what does not agree with itself. "Same after" is yes when
each test comes to the same, each file that Python ${python.version} or ${oldest.version} could parse
before still parses, and a second \`--fix\` changes nothing. "Files" parse on Python
${python.version}, and "Changed" is how many of them fixes changed. A suite
says nothing of a changed line that it does not run: those in examples and scripts are only parsed.

${tableOf(results)}
${leftOutText(results)}${problemsText(results)}`;
}

function leftOutText(results) {
  const lines = results.flatMap(({ tested, flaky = [] }) =>
    flaky.map(id => `- ${tested.name}: \`${id}\`\n`),
  );
  if (lines.length === 0) return "";
  return `\nLeft out, since the three runs before fixes did not agree on them:\n\n${lines.join("")}`;
}

function problemsText(results) {
  const lines = results.flatMap(({ tested, problems }) =>
    problems.map(problem => `- ${tested.name}: ${problem.split("\n")[0]}\n`),
  );
  return lines.length === 0 ? "" : `\nNot as before:\n\n${lines.join("")}`;
}
