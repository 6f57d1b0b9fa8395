import { linesByGrowth } from "./line-rows";
import type { Level, Profile } from "./model";

/** The report of a run for other programs; `report.md` describes every field. */
export interface Report {
  readonly schema: 1;
  readonly python: string | null;
  readonly command: readonly string[];
  readonly packages: readonly { readonly name: string; readonly version: string }[] | null;
  readonly git: { readonly commit: string | null; readonly dirty: boolean } | null;
  readonly engine: "rss-sampling" | "tracemalloc";
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  readonly peak_rss_bytes: number | null;
  readonly peak_traced_bytes: number | null;
  readonly lines: readonly ReportLine[];
  /** `t` is in milliseconds since the start. */
  readonly timeline: readonly {
    readonly t: number;
    readonly rss_bytes: number | null;
    readonly traced_bytes: number | null;
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
    engine: engines[profile.run.level],
    exit: profile.exit && { code: profile.exit.code, signal: profile.exit.signal },
    peak_rss_bytes: profile.peakRssBytes,
    peak_traced_bytes: profile.peakTracedBytes,
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
