import { formatBytes, formatBytesDelta, worthShowing } from "#base";
import {
  describeExit,
  grownRows,
  isNearPeak,
  linesAtPeak,
  type LinesAtPeak,
  linesFreedSincePeak,
  type LineRow,
  placeOf,
  type Profile,
} from "#profile";
import type { RecorderProblem } from "#recorder";
import type { Verdict } from "./budget";
import type { Io } from "./io";

/** What a run showed, for the summary after it. */
export interface Summary {
  readonly profile: Profile;
  /** What the recorder could not do. */
  readonly problems: readonly RecorderProblem[];
  readonly verdicts: readonly Verdict[];
  readonly runFile: string;
}

const mostLines = 5;

/** Writes the few lines that stand below a program's own output. */
export function summaryText({ profile, problems, verdicts, runFile }: Summary, io: Io): string {
  const isExceeded = verdicts.some(({ kind }) => kind === "exceeded");
  const choose = isExceeded ? linesAtPeak : linesFreedSincePeak;
  const peak = choose(profile, [io.cwd]);
  const atPeak = peak?.rows ?? [];
  const hasPeak = atPeak.length > 0;
  const where = peak ? momentOf(peak, profile) : "";
  const write = hasPeak ? formatBytes : formatBytesDelta;
  const isWritten = problems.every(problem => problem.kind !== "cannot-write");
  const lines = [
    "",
    `memory-insights: ${describeExit(profile.exit)}, ${peakText(profile)}`,
    ...verdicts.map(({ text }) => `memory-insights: ${text}`),
    ...(isExceeded ? [`  by these lines most${hasPeak ? `, ${where}` : ""}:`] : []),
    ...(!isExceeded && hasPeak ? [`  ${where}, these lines held most:`] : []),
    ...mostOf(hasPeak ? atPeak : grownRows(profile, [io.cwd])).map(
      row => `  ${write(row.bytes).padStart(11)}  ${placeOf(row)}`,
    ),
    ...[...profile.problems, ...problems.map(problem => problem.text)].map(
      text => `  note: ${text}`,
    ),
    ...(isWritten ? [`  report: ${io.program} report ${quoted(runFile)}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function momentOf(peak: LinesAtPeak, profile: Profile): string {
  if (isNearPeak(peak, profile)) return "where memory was highest";
  return `at the highest point that was read, ${formatBytes(peak.tracedBytes ?? 0)}`;
}

/** The first lines, without those that are nothing beside the largest. */
function mostOf(rows: readonly LineRow[]): readonly LineRow[] {
  const own = rows.filter(({ origin, bytes }) => origin !== "tool" && bytes > 0);
  return worthShowing(own).slice(0, mostLines);
}

function peakText({ peakRssBytes, peakTracedBytes, run, lines }: Profile): string {
  if (peakRssBytes === null) {
    return run.python === null
      ? "no figures: the program never reported (it may ignore the environment, as with -I or -E)"
      : "no figures: it ended before the first sample";
  }
  const tracedPeak =
    peakTracedBytes === null ? "" : `, traced peak ${formatBytes(peakTracedBytes)}`;
  const isMemray = lines.some(({ source }) => source === "memray");
  const traced = isMemray ? "lines counted by memray" : "lines traced by Python";
  const source = run.level === "live" && !isMemray ? "lines by sampled RSS" : traced;
  return `peak RSS ${formatBytes(peakRssBytes)}${tracedPeak}; ${source}`;
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
