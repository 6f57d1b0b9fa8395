import {
  type Bytes,
  formatBlocksDelta,
  formatBytes,
  formatBytesDelta,
  formatCount,
  type Milliseconds,
} from "#base";
import type {
  Confidence,
  FigureSource,
  LineRow,
  LinesAtPeak,
  LiveView,
  RunStatus,
  SnapshotView,
} from "#profile";
import type { EmptyReason, PanelCommand } from "#protocol";
import type { Amount } from "./rows";

/** What a state of the program is called, and the codicon beside the word. */
export interface StatusWords {
  readonly word: string;
  readonly icon: string;
}

const statuses: Readonly<Record<RunStatus, StatusWords>> = {
  starting: { word: "Starting", icon: "loading" },
  running: { word: "Running", icon: "pulse" },
  paused: { word: "Paused", icon: "debug-pause" },
  ended: { word: "Ended", icon: "debug-stop" },
  lost: { word: "Lost", icon: "debug-disconnect" },
};

/** Gives the word and the icon of a program's state. */
export function statusWords(status: RunStatus): StatusWords {
  return statuses[status];
}

/** Says how many of several processes stand; empty where none does, or there is one only. */
export function pausedWords(processes: LiveView["processes"]): readonly string[] {
  const running = processes.filter(each => each.isRunning).length;
  const paused = processes.filter(each => each.isPaused).length;
  return paused === 0 ? [] : [`${paused} of ${running} processes paused`];
}

/** Says how the run ended, or what happens to the figures; null while there is nothing to add. */
export function endingWords(view: Pick<LiveView, "status" | "ending">): string | null {
  if (view.status === "lost") {
    return "The program stopped reporting. What was measured until then is kept.";
  }
  if (view.status === "starting") return "Waiting for the program's first figures.";
  return view.status === "ended" && view.ending !== null ? sentence(view.ending) : null;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const sources: Readonly<Record<FigureSource, string>> = {
  sampled: "sampled RSS",
  traced: "traced by Python",
  memray: "memray",
};

/** Names where a figure comes from. */
export function sourceWords(source: FigureSource): string {
  return sources[source];
}

/** Names the sources of some rows once, as in `sampled RSS`; null without rows. */
export function sourcesWords(rows: readonly LineRow[]): string | null {
  const names = new Set(rows.map(row => sourceWords(row.source)));
  return names.size === 0 ? null : [...names].join(" and ");
}

/** Says when memory was highest, how much that was, and who told: `at 2.3 s · 812 MiB · memray`. */
export function peakWords({ t, pid, tracedBytes, rows }: LinesAtPeak): string {
  const process = pid === null ? null : `pid ${pid}`;
  const bytes = tracedBytes === null ? null : formatBytes(tracedBytes);
  return [`at ${formatTime(t)}`, process, bytes, sourcesWords(rows)]
    .filter(word => word !== null)
    .join(" · ");
}

/** Writes a time since the start: `0.4 s`, `12.4 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatTime(ms: Milliseconds): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/** Bytes for people, or a dash where there is no figure. */
export function bytesOrDash(bytes: Bytes | null): string {
  return bytes === null ? "–" : formatBytes(bytes);
}

/** How fast memory changes, in words and with an arrow. Below 1 KiB a second it is steady. */
export function rateWords(rate: number | null): { text: string; word: string; icon: string } {
  if (rate === null) return { text: "–", word: "not known yet", icon: "" };
  if (Math.abs(rate) < 1024) return { text: "steady", word: "steady", icon: "arrow-right" };
  const text = `${formatBytesDelta(rate)}/s`;
  return rate > 0
    ? { text, word: "rising", icon: "arrow-up" }
    : { text, word: "falling", icon: "arrow-down" };
}

/** Writes a difference of blocks in little room: `+8 204`, `+120k`, `−1.2M`. */
export function compactCount(count: number): string {
  const sign = count > 0 ? "+" : count < 0 ? "−" : "±";
  const size = Math.abs(count);
  if (size < 10_000) return sign + formatCount(size);
  if (size < 999_500) return `${sign}${Math.round(size / 1000)}k`;
  return `${sign}${(size / 1_000_000).toFixed(1)}M`;
}

/** Why the program stopped; a stop without a place was asked for while the program ran. */
export function reasonWords(stop: Pick<LiveView["stops"][number], "reason" | "at">): string {
  if (stop.reason !== "") return stop.reason;
  return stop.at ? "stopped" : "measured";
}

/** A line behind a file's name: `:42`. Python gives line 0 to code that stands on no line. */
export function lineWords(line: number): string {
  return line > 0 ? `:${line}` : "";
}

/** One row as a sentence, for a tooltip and for a screen reader. */
export function rowWords(row: LineRow, amount: Amount = "change"): string {
  const blocks = row.blocks === null ? "" : `, ${formatBlocksDelta(row.blocks)}`;
  const owner = row.origin === "user" ? "" : `, ${originWords[row.origin]}`;
  const bytes = amount === "held" ? formatBytes(row.bytes) : formatBytesDelta(row.bytes);
  const figure = `${bytes}${blocks} (${sourceWords(row.source)})`;
  return `${row.label}${lineWords(row.line)}, ${figure}${objectsWords(row)}${owner}`;
}

function objectsWords({ objects }: LineRow): string {
  if (!objects) return "";
  const { type, count, seen } = objects;
  return `, ${formatCount(count)} of ${formatCount(seen)} objects that were seen are ${type}`;
}

/** One snapshot as a sentence, for a tooltip and for a screen reader. */
export function snapshotWords(snapshot: SnapshotView): string {
  const { number, name, pid, t, rssBytes, tracedBytes } = snapshot;
  const where = pid === null ? "" : ` of process ${pid}`;
  const traced = tracedBytes === null ? "" : `, ${formatBytes(tracedBytes)} traced by Python`;
  return `Snapshot ${number}${where}, ${name}, at ${formatTime(t)}: ${formatBytes(rssBytes)} RSS${traced}`;
}

/** How sure a leak is: `likely: grew in all 8 rounds`. */
export function leakWords(
  { confidence, grewIn }: { readonly confidence: Confidence; readonly grewIn: number },
  rounds: number,
): string {
  const often = grewIn === rounds ? `in all ${rounds}` : `in ${grewIn} of ${rounds}`;
  return `${confidence} leak: grew ${often} rounds`;
}

const originWords = {
  library: "installed package",
  stdlib: "standard library",
  tool: "debugger or profiler",
} as const;

/** What profiling costs in this run, as measured by the probe itself. */
export function costWords({
  costPercent,
  tracingBytes,
}: Pick<LiveView, "costPercent" | "tracingBytes">): string {
  if (costPercent === null) return "not measured yet";
  const share = costPercent < 0.05 ? "below 0.1" : costPercent.toFixed(1);
  const tables =
    tracingBytes === null
      ? ""
      : `; the tables of tracing took up to ${formatBytes(tracingBytes)} of the memory`;
  return `${share} % of one core, measured${tables}`;
}

/** What the garbage collector did. */
export function collectionsWords(collections: LiveView["collections"]): string {
  if (collections.count === 0) return "no runs";
  const runs = `${formatCount(collections.count)} ${collections.count === 1 ? "run" : "runs"}`;
  return `${runs}, ${formatPause(collections.pauseMs)} in all`;
}

function formatPause(ms: Milliseconds): string {
  return ms < 1000 ? `${ms.toFixed(1)} ms` : formatTime(ms);
}

/** The words and actions of a panel without a run. */
export interface EmptyWords {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  /** What will happen, one sentence an entry. */
  readonly points: readonly { readonly icon: string; readonly text: string }[];
  readonly primary: { readonly command: PanelCommand; readonly label: string } | null;
  readonly secondary: { readonly command: PanelCommand; readonly label: string } | null;
}

const openRun = { command: "openRun", label: "Open a Saved Run…" } as const;
const showLog = { command: "showLog", label: "Show Log" } as const;

const emptyWords: Readonly<Record<EmptyReason, EmptyWords>> = {
  "no-run": {
    icon: "pulse",
    title: "See where memory goes",
    text: "Start a debug run, and this view fills while your program works.",
    points: [
      { icon: "graph-line", text: "The memory of the process over time, and its peak" },
      { icon: "list-unordered", text: "The lines of your code that grew most" },
      { icon: "debug-pause", text: "At every stop, what grew since the stop before" },
      {
        icon: "lock",
        text: "Nothing is installed into your Python, and nothing leaves this machine",
      },
    ],
    primary: { command: "debug", label: "Debug with Memory Profile" },
    secondary: openRun,
  },
  untrusted: {
    icon: "shield",
    title: "This workspace is not trusted",
    text: "Profiling runs the workspace's code, so it waits until you trust it. Findings in the editor work without.",
    points: [],
    primary: { command: "trust", label: "Manage Workspace Trust" },
    secondary: openRun,
  },
  "no-python": {
    icon: "warning",
    title: "No Python found",
    text: "A run needs Python 3.9 or later. Choose an interpreter, then start again.",
    points: [],
    primary: { command: "selectPython", label: "Select Python Interpreter" },
    secondary: showLog,
  },
  "no-debugpy": {
    icon: "warning",
    title: "debugpy is missing",
    text: "The Python of this run has no debugpy. Install it with “python -m pip install debugpy”, or choose another interpreter.",
    points: [],
    primary: { command: "selectPython", label: "Select Python Interpreter" },
    secondary: showLog,
  },
  web: {
    icon: "cloud",
    title: "No programs run here",
    text: "This editor runs in the browser alone, where no Python program can start. Findings work, and a saved run can be opened.",
    points: [],
    primary: { command: "openRun", label: "Open a Saved Run…" },
    secondary: null,
  },
};

/** Gives what an empty panel says. */
export function wordsOfEmpty(reason: EmptyReason): EmptyWords {
  return emptyWords[reason];
}
