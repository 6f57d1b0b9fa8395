import type { BetweenView, LiveView } from "#profile";
import * as v from "valibot";
import { check, type Checked } from "./check";

/** Version of the messages between the extension and the panel. */
export const panelVersion = 1;

/** Why there is no run to draw. */
export type EmptyReason = "no-run" | "untrusted" | "no-python" | "no-debugpy" | "web";

/** What the extension tells the panel. */
export type ToPanel =
  | {
      readonly kind: "view";
      readonly version: 1;
      readonly view: LiveView;
      /** What grew between the stops that the panel asked for; null until it has. */
      readonly between: BetweenView | null;
    }
  /** There is nothing to show yet; `reason` chooses the words and the button. */
  | {
      readonly kind: "empty";
      readonly version: 1;
      readonly reason: EmptyReason;
      /** More about it, in words; null when the reason says it all. */
      readonly detail: string | null;
    };

/** The only commands that the panel may run. */
export type PanelCommand = (typeof panelCommands)[number];

const panelCommands = [
  "debug",
  "mark",
  "takeSnapshot",
  "startTracing",
  "stopTracing",
  "selectPython",
  "showLog",
  "trust",
  "openRun",
] as const;

/** What the panel asks of the extension. */
export type FromPanel =
  | { readonly kind: "ready"; readonly version: 1 }
  /** `line` counts from 1. The extension follows it only into files that it has shown. */
  | { readonly kind: "goto"; readonly file: string; readonly line: number }
  /** Asks what grew between two stops; `from` null is the start. The next views tell it. */
  | { readonly kind: "compare"; readonly from: number | null; readonly to: number }
  | { readonly kind: "command"; readonly command: PanelCommand };

const version = v.literal(panelVersion);
const count = v.pipe(v.number(), v.finite());
const line = v.pipe(v.number(), v.integer(), v.minValue(1));
const maybe = v.nullable(count);
/** Python itself gives line 0 to code that stands on no line. */
const shownLine = v.pipe(v.number(), v.integer(), v.minValue(0));
const place = { file: v.string(), label: v.string(), line: shownLine };

const lineRow = v.object({
  ...place,
  origin: v.picklist(["user", "library", "stdlib", "tool"]),
  source: v.picklist(["sampled", "traced", "memray"]),
  bytes: count,
  blocks: maybe,
  objects: v.optional(v.object({ type: v.string(), count, seen: count, isMost: v.boolean() })),
});

const stop = v.object({
  id: count,
  process: v.nullable(v.object({ pid: count, name: v.string() })),
  t: count,
  reason: v.string(),
  at: v.nullable(v.object(place)),
  since: maybe,
  rssBytes: count,
  tracedBytes: maybe,
  blocks: count,
  type: v.nullable(v.object({ name: v.string(), change: count, isMost: v.boolean() })),
  rows: v.array(lineRow),
  turnover: v.array(lineRow),
});

const snapshot = v.object({
  number: count,
  name: v.string(),
  pid: maybe,
  t: count,
  rssBytes: count,
  tracedBytes: maybe,
  blocks: count,
  rows: v.array(lineRow),
  since: maybe,
  changes: v.array(lineRow),
  turnover: v.array(lineRow),
});

const leaks = v.object({
  place: v.string(),
  rounds: count,
  rows: v.array(
    v.object({
      ...lineRow.entries,
      grewIn: count,
      confidence: v.picklist(["likely", "possible"]),
    }),
  ),
  types: v.array(v.object({ name: v.string(), perRound: count })),
});

const processTimeline = v.pipe(
  v.object({ t: v.array(count), rssBytes: v.array(count) }),
  v.check(columns => columns.rssBytes.length === columns.t.length, "columns of unequal length"),
);

const process = v.object({
  pid: count,
  name: v.string(),
  isRunning: v.boolean(),
  isPaused: v.boolean(),
  startedT: count,
  endedT: count,
  rssBytes: maybe,
  peakRssBytes: maybe,
  timeline: processTimeline,
});

const timeline = v.pipe(
  v.object({ t: v.array(count), rssBytes: v.array(count), tracedBytes: v.array(maybe) }),
  v.check(
    columns =>
      columns.rssBytes.length === columns.t.length &&
      columns.tracedBytes.length === columns.t.length,
    "columns of unequal length",
  ),
);

const liveView = v.object({
  program: v.string(),
  python: v.nullable(v.string()),
  pid: maybe,
  level: v.picklist(["live", "allocations"]),
  status: v.picklist(["starting", "running", "paused", "ended", "lost"]),
  ending: v.nullable(v.string()),
  rssBytes: maybe,
  peakRssBytes: maybe,
  tracedBytes: maybe,
  peakTracedBytes: maybe,
  rssRate: maybe,
  seconds: count,
  timeline,
  grown: v.array(lineRow),
  atPeak: v.nullable(
    v.object({ t: count, pid: maybe, tracedBytes: maybe, rows: v.array(lineRow) }),
  ),
  stops: v.array(stop),
  snapshots: v.array(snapshot),
  leaks: v.nullable(leaks),
  processes: v.array(process),
  collections: v.object({ count, pauseMs: count }),
  costPercent: maybe,
  tracingBytes: maybe,
  problems: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, LiveView>;

const between = v.object({
  from: maybe,
  to: count,
  elapsed: count,
  rssBytes: count,
  tracedBytes: maybe,
  blocks: count,
  rows: v.array(lineRow),
}) satisfies v.GenericSchema<unknown, BetweenView>;

const toPanel: v.GenericSchema<unknown, ToPanel> = v.variant("kind", [
  v.object({ kind: v.literal("view"), version, view: liveView, between: v.nullable(between) }),
  v.object({
    kind: v.literal("empty"),
    version,
    reason: v.picklist(["no-run", "untrusted", "no-python", "no-debugpy", "web"]),
    detail: v.nullable(v.string()),
  }),
]);

const fromPanel: v.GenericSchema<unknown, FromPanel> = v.variant("kind", [
  v.object({ kind: v.literal("ready"), version }),
  v.object({ kind: v.literal("goto"), file: v.string(), line }),
  v.object({ kind: v.literal("compare"), from: maybe, to: count }),
  v.object({
    kind: v.literal("command"),
    command: v.picklist(panelCommands),
  }),
]);

/** Checks what arrived in the panel. Never throws; unknown kinds and versions are problems. */
export function readToPanel(data: unknown): Checked<ToPanel> {
  return check(toPanel, data);
}

/** Checks what arrived in the extension. Never throws; unknown kinds and versions are problems. */
export function readFromPanel(data: unknown): Checked<FromPanel> {
  return check(fromPanel, data);
}
