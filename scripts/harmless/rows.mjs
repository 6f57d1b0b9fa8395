// What is kept of a suite on one Python: a row of the table and what differs, for the next runs too.
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { countOutcomes } from "../fix-all/outcomes.mjs";
import { labelOf, linesOf } from "./program.mjs";

const file = "results.jsonl";

/** Makes a row of a result; counts are those of the first plain run. */
export function rowOf({ suite, python, plain, flaky, levels }, known, digest) {
  const { passed, failed, skipped } = countOutcomes(plain[0].outcomes);
  const of = level => ({ suite, python, plain, ...level });
  const dates = levels.flatMap(({ probed }) => probed.map(({ date }) => date));
  return {
    suite: labelOf(suite),
    python: python.version,
    date: dates.sort().at(-1),
    digest,
    ...{ passed, failed, skipped },
    processes: levels[0].probed[0].processes,
    verdicts: levels.map(level => verdict(of(level), known)),
    differences: levels.flatMap(level => differencesOf(of(level), known)),
    flaky,
    problems: levels.flatMap(({ level, probed }) =>
      probed[0].problems.map(text => ({ level, text })),
    ),
  };
}

function verdict(of, known) {
  if (of.probed.every(({ isLate }) => isLate)) return of.plain[0].isLate ? "both late" : "no: late";
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

function differencesOf(of, known) {
  const described = (list, isSteady) =>
    list.map(({ id, times, of: runs, before, after }) => {
      const reason = reasonFor(of, { id, after }, known) ?? null;
      return { level: of.level, id, before, after, isSteady, times, runs, reason };
    });
  return [...described(of.always, true), ...described(of.sometimes, false)];
}

/** Why a test must come to something else, or undefined. */
function reasonFor({ suite, python, level }, { id, after }, known) {
  const { reason } =
    known.find(
      each =>
        (each.suite === undefined || each.suite === suite.name) &&
        (each.tests === undefined || each.tests.includes(nameOf(id))) &&
        (each.after === undefined || each.after === after) &&
        (each.pythons === undefined || each.pythons.includes(python.minor)) &&
        (each.levels === undefined || each.levels.includes(level)),
    ) ?? {};
  return reason;
}

/** The name of a test, without where it is and what it is run with. */
const nameOf = id => id.replace(/\[.*$/, "").split(/\.|::/).at(-1);

/** True where a test always differs and nobody has said why, or a run ends otherwise. */
export function isHarmed({ verdicts }) {
  return verdicts.some(text => text.startsWith("no"));
}

/** Reads the rows of earlier runs. */
export async function readRows(folder) {
  return linesOf(await readFile(join(folder, file), "utf8").catch(() => ""));
}

/** Keeps rows for later runs, in place only when they are whole. */
export async function writeRows(folder, rows) {
  const draft = join(folder, `.${file}.tmp`);
  await writeFile(draft, rows.map(row => `${JSON.stringify(row)}\n`).join(""));
  await rename(draft, join(folder, file));
}

/** Puts new rows in the place of old ones of the same suite and Python; in the order of `labels`. */
export function mergeRows(old, fresh, labels) {
  const keyOf = ({ suite, python }) => `${suite} ${python}`;
  const rows = new Map([...old, ...fresh].map(row => [keyOf(row), row]));
  const minor = ({ python }) => Number(python.split(".")[1]);
  return [...rows.values()]
    .filter(({ suite }) => labels.includes(suite))
    .sort((a, b) => labels.indexOf(a.suite) - labels.indexOf(b.suite) || minor(b) - minor(a));
}
