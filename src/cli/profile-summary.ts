import { formatBytes, formatBytesDelta } from "#base";
import {
  describeExit,
  grownRows,
  type LineRow,
  placeOf,
  type Profile,
  type Snapshot,
  topRows,
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
  const atPeak = isExceeded ? rowsAtPeak(profile, [io.cwd]) : [];
  const hasPeak = atPeak.length > 0;
  const isWritten = problems.every(problem => problem.kind !== "cannot-write");
  const lines = [
    "",
    `memory-insights: ${describeExit(profile.exit)}, ${peakText(profile)}`,
    ...verdicts.map(({ text }) => `memory-insights: ${text}`),
    ...(isExceeded ? [`  by these lines most${hasPeak ? ", where memory was highest" : ""}:`] : []),
    ...(hasPeak ? atPeak : grownRows(profile, [io.cwd]))
      .filter(row => row.origin !== "tool" && row.bytes > 0)
      .slice(0, mostLines)
      .map(row => `  ${formatBytesDelta(row.bytes).padStart(11)}  ${placeOf(row)}`),
    ...[...profile.problems, ...problems.map(problem => problem.text)].map(
      text => `  note: ${text}`,
    ),
    ...(isWritten ? [`  report: ${io.program} report ${quoted(runFile)}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What lines held in the snapshot that was taken where memory was highest; none without one. */
function rowsAtPeak(profile: Profile, roots: readonly string[]): readonly LineRow[] {
  const [highest] = profile.snapshots
    .filter(({ trigger }) => trigger === "peak")
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  if (!highest) return [];
  return topRows(profile, roots, highest.source, { rows: highest.rows, most: Infinity });
}

function sizeOf({ tracedBytes, rssBytes }: Snapshot): number {
  return tracedBytes ?? rssBytes;
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
