import { formatBytes, formatBytesDelta, formatCount } from "#base";
import { grownRows, placeOf } from "./line-rows";
import { isNearPeak, linesFreedSincePeak } from "./lines-at-peak";
import { leakView } from "./leak-view";
import { programName } from "./program-name";
import { describeExit } from "./live";
import type { Profile } from "./model";
import { growthTables, table, toolText } from "./report-table";
import { stopsText } from "./stops-text";
import { turnoverBetween, turnoverRows } from "./turnover";

/** What a report for people needs to know beside the profile. */
export interface ReportTextOptions {
  /** Folders that file names are shown relative to. */
  readonly roots: readonly string[];
  /** The run's name. */
  readonly run: string;
}

const mostPeakLines = 10;
const mostTurnoverLines = 10;
const mostProcesses = 10;

/** Writes a run for people: how it went, its peaks, the lines that grew most. */
export function reportText(profile: Profile, { roots, run }: ReportTextOptions): string {
  const rows = grownRows(profile, roots);
  return [
    ...heading(profile, run),
    ...peakText(profile, roots),
    ...growthTables(
      rows,
      blocks => `${formatCount(blocks)} ${blocks === 1 ? "block" : "blocks"} live`,
    ),
    ...turnoverText(profile, roots),
    ...stopsText(profile, roots),
    ...leakText(profile, roots),
    ...processText(profile),
    ...toolText(rows),
    ...profile.problems.flatMap((problem, i) => [...(i === 0 ? [""] : []), `Note: ${problem}`]),
    "",
  ].join("\n");
}

/** What the lines at the end do not tell, for it was given back before. */
function peakText(profile: Profile, roots: readonly string[]): readonly string[] {
  const peak = linesFreedSincePeak(profile, roots);
  if (!peak) return [];
  const { t, pid, tracedBytes, rows } = peak;
  const where = pid === null ? "" : `, in pid ${pid}`;
  const all = tracedBytes === null ? "" : `, ${formatBytes(tracedBytes)} in all`;
  const moment = isNearPeak(peak, profile) ? "peak" : "highest point that was read";
  const title = `Lines of your code that held most at the ${moment}, at ${(t / 1000).toFixed(1)} s${where}${all}`;
  const user = rows.filter(({ origin }) => origin === "user");
  return table(title, user, { most: mostPeakLines, write: formatBytes });
}

/** Of the program itself, from the start to its last snapshot. */
function turnoverText(profile: Profile, roots: readonly string[]): readonly string[] {
  const own = profile.snapshots.filter(({ pid }) => pid === profile.run.pid);
  const last = own.findLast(({ source }) => source === "memray") ?? own.at(-1);
  if (!last) return [];
  const rows = turnoverRows(profile, roots, last.source, turnoverBetween(null, last));
  return table("Memory that came and went, at least", rows, {
    most: mostTurnoverLines,
    write: formatBytes,
  });
}

function leakText(profile: Profile, roots: readonly string[]): readonly string[] {
  const leaks = leakView(profile, roots);
  if (!leaks || leaks.rows.length + leaks.types.length === 0) return [];
  const rows = leaks.rows.map(row => {
    const often = row.grewIn === leaks.rounds ? "each" : `${row.grewIn} of them`;
    return `  ${formatBytesDelta(row.bytes).padStart(11)}  ${placeOf(row)}  (${row.confidence} leak; grew in ${often})`;
  });
  const types = leaks.types.map(
    ({ name, perRound }) => `  ${formatCount(perRound).padStart(11)}  more objects of type ${name}`,
  );
  const title = `A round at ${leaks.place}, of ${leaks.rounds} after the first, added`;
  return ["", title, ...rows, ...types];
}

function processText(profile: Profile): readonly string[] {
  const { processes } = profile;
  if (processes.length < 2) return [];
  const rows = processes.slice(0, mostProcesses).map(({ pid, command, peakRssBytes }) => {
    const peak = peakRssBytes === null ? "not measured" : formatBytes(peakRssBytes);
    return `  ${peak.padStart(11)}  pid ${pid}  ${programName(["python", ...command])}`;
  });
  const more = processes.length - rows.length + profile.processesLeftOut;
  return [
    "",
    "Processes, by their own peaks (the peak above is of all together; shared memory counts for each)",
    ...rows,
    ...(more > 0 ? [`${" ".repeat(15)}${more} more`] : []),
  ];
}

function heading(profile: Profile, run: string): readonly string[] {
  const { peakRssBytes, peakTracedBytes } = profile;
  const python = profile.run.python === null ? "unknown" : profile.run.python;
  return [
    `Run          ${run}`,
    `Command      ${profile.run.command.join(" ")}`,
    `Python       ${python}`,
    ...environmentText(profile),
    `Ending       ${endingText(profile)}`,
    `Peak RSS     ${peakRssBytes === null ? "not measured" : formatBytes(peakRssBytes)}`,
    ...(peakTracedBytes === null ? [] : [`Peak traced  ${formatBytes(peakTracedBytes)}`]),
    `Collections  ${formatCount(profile.collectionTotals.count)}, ${profile.collectionTotals.pauseMs.toFixed(1)} ms in all`,
  ];
}

function environmentText({ environment }: Profile): readonly string[] {
  if (!environment) return [];
  const { packages, git } = environment;
  const commit = git?.commit?.slice(0, 12) ?? "no commit yet";
  return [
    ...(packages.length > 0 ? [`Packages     ${formatCount(packages.length)} installed`] : []),
    ...(git ? [`Git          ${commit}${git.isDirty ? ", with changes" : ""}`] : []),
  ];
}

function endingText({ exit, timeline }: Profile): string {
  const seconds = ((timeline.t.at(-1) ?? 0) / 1000).toFixed(1);
  return exit === null
    ? `the end of the run was not recorded; data up to ${seconds} s`
    : `${describeExit(exit)} after ${seconds} s`;
}
