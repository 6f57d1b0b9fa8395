import { linesByGrowth } from "./line-rows";
import { huntLeaks } from "./leaks";
import type { Level, LineBytes, LineObjects, ProcessRun, Profile, Snapshot, Stop } from "./model";
import { snapshotBefore } from "./snapshot-view";
import { turnoverBetween } from "./turnover";

/** The report of a run for other programs; `report.md` describes every field. */
export interface Report {
  readonly schema: 1;
  readonly python: string | null;
  readonly command: readonly string[];
  readonly packages: readonly { readonly name: string; readonly version: string }[] | null;
  readonly git: { readonly commit: string | null; readonly dirty: boolean } | null;
  readonly engine: "rss-sampling" | "tracemalloc" | "memray";
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  readonly peak_rss_bytes: number | null;
  readonly peak_traced_bytes: number | null;
  readonly processes: readonly ReportProcess[];
  readonly lines: readonly ReportLine[];
  readonly snapshots: readonly ReportSnapshot[];
  readonly stops: readonly ReportStop[];
  readonly leaks: ReportLeaks | null;
  /** `t` is in milliseconds since the start. */
  readonly timeline: readonly {
    readonly t: number;
    readonly rss_bytes: number | null;
    readonly traced_bytes: number | null;
  }[];
}

/** One process of the run; times are in milliseconds on the run's clock. */
export interface ReportProcess {
  readonly pid: number;
  readonly parent_pid: number | null;
  readonly command: readonly string[];
  readonly started_t: number;
  readonly ended_t: number | null;
  readonly peak_rss_bytes: number | null;
  readonly peak_traced_bytes: number | null;
}

/** What lines held at one moment, largest first. */
export interface ReportSnapshot {
  readonly number: number;
  readonly pid: number;
  readonly name: string;
  readonly trigger: string;
  readonly t: number;
  readonly source: string;
  readonly rss_bytes: number;
  readonly traced_bytes: number | null;
  readonly lines: readonly {
    readonly file: string;
    readonly line: number;
    readonly bytes: number;
    readonly blocks: number | null;
  }[];
  readonly turnover: readonly ReportLineBytes[];
}

/** What grew up to a stop, since the one before of the same process. */
export interface ReportStop {
  readonly id: number;
  readonly pid: number;
  readonly t: number;
  readonly since_t: number;
  /** Null for a moment that was measured without a stop. */
  readonly at: {
    readonly file: string;
    readonly line: number;
    readonly function: string;
    readonly reason: string;
  } | null;
  readonly source: string;
  readonly rss_bytes: number;
  readonly traced_bytes: number | null;
  readonly blocks: number;
  readonly lines: readonly (ReportSnapshot["lines"][number] & {
    /** What the line's objects are; null where too few were seen. */
    readonly objects: {
      readonly type: string;
      readonly count: number;
      readonly seen: number;
    } | null;
  })[];
  readonly types:
    readonly { readonly name: string; readonly change: number; readonly count: number }[] | null;
}

/** Bytes of one line. */
export interface ReportLineBytes {
  readonly file: string;
  readonly line: number;
  readonly bytes: number;
}

/** Lines that grew each time the program came to a place. */
export interface ReportLeaks {
  readonly file: string;
  readonly line: number;
  readonly rounds: number;
  readonly suspects: readonly {
    readonly file: string;
    readonly line: number;
    readonly grew_in: number;
    readonly bytes_per_round: number;
    readonly blocks_per_round: number | null;
    readonly confidence: string;
  }[];
  readonly types: readonly {
    readonly name: string;
    readonly grew_in: number;
    readonly per_round: number;
    readonly total: number;
  }[];
}

/** One line's figures; absent ones are null. */
export interface ReportLine {
  readonly file: string;
  readonly line: number;
  readonly live_bytes: number | null;
  readonly live_blocks: number | null;
  readonly peak_bytes: number | null;
  readonly grown_bytes: number;
}

const engines: Readonly<Record<Level, Report["engine"]>> = {
  live: "rss-sampling",
  allocations: "tracemalloc",
};

/** Turns a profile into the report that other programs read. */
export function toReport(profile: Profile): Report {
  const { environment } = profile;
  const git = environment?.git ?? null;
  return {
    schema: 1,
    python: profile.run.python,
    command: profile.run.command,
    packages: environment?.packages ?? null,
    git: git && { commit: git.commit, dirty: git.isDirty },
    engine: profile.lines.some(({ source }) => source === "memray")
      ? "memray"
      : engines[profile.run.level],
    exit: profile.exit && { code: profile.exit.code, signal: profile.exit.signal },
    peak_rss_bytes: profile.peakRssBytes,
    peak_traced_bytes: profile.peakTracedBytes,
    processes: profile.processes.map(toReportProcess),
    snapshots: profile.snapshots.map((each, index) => toReportSnapshot(profile, each, index)),
    stops: profile.stops.map(stop => toReportStop(profile, stop)),
    leaks: toReportLeaks(profile),
    lines: linesByGrowth(profile).map(line => ({
      file: profile.files[line.file]?.path ?? "",
      line: line.line,
      live_bytes: line.liveBytes,
      live_blocks: line.liveBlocks,
      peak_bytes: line.peakBytes,
      grown_bytes: line.grownBytes,
    })),
    timeline: profile.timeline.t.map((t, i) => {
      const traced = profile.timeline.tracedBytes[i] ?? NaN;
      return {
        t,
        rss_bytes: profile.timeline.rssBytes[i] || null,
        traced_bytes: Number.isNaN(traced) ? null : traced,
      };
    }),
  };
}

function toReportProcess(process: ProcessRun): ReportProcess {
  return {
    pid: process.pid,
    parent_pid: process.parentPid,
    command: process.command,
    started_t: process.startedT,
    ended_t: process.endedT,
    peak_rss_bytes: process.peakRssBytes,
    peak_traced_bytes: process.peakTracedBytes,
  };
}

function toReportSnapshot(profile: Profile, snapshot: Snapshot, index: number): ReportSnapshot {
  const { number, pid, name, trigger, t, source, rssBytes, tracedBytes, rows } = snapshot;
  return {
    ...{ number, pid, name, trigger, t, source },
    rss_bytes: rssBytes,
    traced_bytes: tracedBytes,
    lines: rows.map(row => ({ ...toLineBytes(profile, row), blocks: row.blocks })),
    turnover: turnoverBetween(snapshotBefore(profile.snapshots, index), snapshot).map(row =>
      toLineBytes(profile, row),
    ),
  };
}

function toLineBytes({ files }: Profile, { file, line, bytes }: LineBytes): ReportLineBytes {
  return { file: files[file]?.path ?? "", line, bytes };
}

function toReportStop(profile: Profile, stop: Stop): ReportStop {
  const { id, pid, t, at, source, blocks, rows } = stop;
  return {
    ...{ id, pid, t, since_t: stop.sinceT },
    at: at && { file: at.file, line: at.line, function: at.function, reason: at.reason },
    ...{ source, rss_bytes: stop.rssBytes, traced_bytes: stop.tracedBytes, blocks },
    lines: rows.map(({ file, line, bytes, blocks: of, objects }) => {
      const seen = objects ? toReportObjects(objects) : null;
      return { file: profile.files[file]?.path ?? "", line, bytes, blocks: of, objects: seen };
    }),
    types: stop.types?.map(({ name, change, count }) => ({ name, change, count })) ?? null,
  };
}

function toReportObjects({ type, count, seen }: LineObjects) {
  return { type, count, seen };
}

function toReportLeaks(profile: Profile): ReportLeaks | null {
  const hunt = huntLeaks(profile);
  if (!hunt) return null;
  return {
    file: hunt.place.file,
    line: hunt.place.line,
    rounds: hunt.rounds,
    suspects: hunt.suspects.map(suspect => ({
      file: profile.files[suspect.file]?.path ?? "",
      line: suspect.line,
      grew_in: suspect.grewIn,
      bytes_per_round: suspect.bytesPerRound,
      blocks_per_round: suspect.blocksPerRound,
      confidence: suspect.confidence,
    })),
    types: hunt.types.map(({ name, grewIn, perRound, total }) => {
      return { name, grew_in: grewIn, per_round: perRound, total };
    }),
  };
}
