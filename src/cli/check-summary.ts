import { sum } from "#base";
import { type CheckReport, placeInFile, shownPath } from "./check-report";

const mostBroken = 20;

/** Writes the last line of the text format: what was found in how many files. */
export function summaryText(report: CheckReport, mode: "report" | "fix" | "diff"): string {
  const found = sum(report.files.map(({ rows }) => rows.length));
  const fixed = sum(report.files.map(file => file.fixed?.count ?? 0));
  // Nobody looked into those that were passed over.
  const inFiles = count(report.files.filter(file => file.passedOver === null).length, "file");
  const gaps = gapsText(report);
  if (mode === "diff") {
    return `Would fix ${count(fixed, "problem")} in ${inFiles}${gaps}.\n`;
  }
  const fixedText = mode === "fix" ? `Fixed ${count(fixed, "problem")}. ` : "";
  if (found === 0) {
    return `${fixedText}No memory problems ${gaps === "" ? `in ${inFiles}` : `found${gaps}`}.\n`;
  }
  const affected = count(report.files.filter(file => file.rows.length > 0).length, "file");
  const fixable = countFixable(report);
  const hint = mode === "report" && fixable > 0 ? ` (${fixable} fixable with --fix)` : "";
  const where = `${affected} of ${inFiles}${hint}${gaps}`;
  return `${fixedText}Found ${count(found, "memory problem")} in ${where}.\n`;
}

/** Names the files that are not valid Python 3, with the place; empty when all of them are. */
export function brokenText(report: CheckReport): string {
  const places = report.files.flatMap(({ path, brokenAt }) =>
    brokenAt
      ? [
          `${shownPath(path, report.cwd)}:${placeInFile({ cell: brokenAt.cell, location: brokenAt })}`,
        ]
      : [],
  );
  const named = places
    .slice(0, mostBroken)
    .map(place => `${place}: not valid Python 3 here; the rest was checked\n`);
  const more = places.length - named.length;
  return `${named.join("")}${more > 0 ? `… and ${more} more\n` : ""}`;
}

/** Lists the files that took longest, the slowest first. */
export function timingsText(report: CheckReport): string {
  return [...report.files]
    .sort((a, b) => b.duration - a.duration)
    .slice(0, 10)
    .map(({ duration, path }) => `${duration.toFixed(0)} ms ${shownPath(path, report.cwd)}\n`)
    .join("");
}

/** What was not looked at, as the end of a sentence; empty when all was. */
function gapsText({ files }: CheckReport): string {
  const unread = files.filter(file => !file.isChecked).length;
  const broken = files.filter(file => file.brokenAt !== null).length;
  const were = broken === 1 ? "was" : "were";
  const gaps = [
    ...(unread > 0 ? [`${count(unread, "file")} could not be checked`] : []),
    ...(broken > 0 ? [`${count(broken, "file")} ${were} checked in part`] : []),
  ];
  return gaps.length === 0 ? "" : `; ${gaps.join(", ")}`;
}

function countFixable(report: CheckReport): number {
  return report.files.flatMap(file => file.rows).filter(row => row.fix?.applicability === "safe")
    .length;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
