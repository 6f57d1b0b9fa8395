import {
  createProfileBuilder,
  type HelloMessage,
  type Profile,
  type RunFileRecord,
  type RunRecord,
} from "#profile";

/** First line of a run of `app.py`. */
export const runRecord: RunRecord = {
  kind: "run",
  schema: 1,
  tool: "memory-insights 0.1.0",
  command: ["python3", "app.py", "--fast"],
  createdAt: 1_790_000_000_000,
  level: "live",
};

/** A hello of a plain Linux Python that runs `/home/ada/shop/app.py`. */
export const helloMessage: HelloMessage = {
  kind: "hello",
  version: 1,
  pid: 10,
  parentPid: 1,
  python: "3.11.7",
  implementation: "CPython",
  executable: "/usr/bin/python3",
  argv: ["app.py", "--fast"],
  cwd: "/home/ada/shop",
  platform: "linux",
  level: "live",
  frames: 1,
  intervalMs: 50,
  startedAt: 1_790_000_000_100,
  prefix: "/usr",
  stdlib: "/usr/lib/python3.11",
  sitePaths: ["/usr/lib/python3/dist-packages", "/home/ada/.local/lib/python3.11/site-packages"],
  probePath: "/opt/memory-insights/dist/probe",
  coverage: "none",
};

export const pid = helloMessage.pid;
export const app = "/home/ada/shop/app.py";
export const library = "/home/ada/.local/lib/python3.11/site-packages/attrs/make.py";

/** The profile of these records alone. */
export function replay(records: readonly RunFileRecord[]): Profile {
  const builder = createProfileBuilder();
  for (const record of records) builder.add(record);
  return builder.profile();
}

/** The profile of these records, of the program or its processes, after a run record and a hello. */
export function profileOf(...records: readonly RunFileRecord[]): Profile {
  return replay([runRecord, { ...helloMessage, pid }, ...records]);
}

/** One sample as a record of the program. */
export function sample(t: number, rss: number, traced: number | null = null): RunFileRecord {
  return { kind: "samples", t: [t], rss: [rss], traced: [traced], blocks: [100], pid };
}

/** A small run with every kind of record. */
export const wholeRun: readonly RunFileRecord[] = [
  runRecord,
  helloMessage,
  {
    kind: "environment",
    packages: [
      ["attrs", "23.2.0"],
      ["typing-extensions", "4.12.0"],
    ],
    git: { commit: "0123456789abcdef0123456789abcdef01234567", isDirty: true },
  },
  sample(10, 20_000_000),
  {
    kind: "samples",
    t: [60, 110],
    rss: [30_000_000, 25_000_000],
    traced: [1_000, null],
    blocks: [200, 300],
    pid,
  },
  { kind: "source", file: app, fingerprint: "0123456789abcd" },
  {
    kind: "lines",
    source: "sampled",
    t: 110,
    rows: [
      [app, 5, null, null, null, 400],
      [library, 70, null, null, null, 9_000_000],
    ],
    pid,
  },
  {
    kind: "lines",
    source: "traced",
    t: 110,
    rows: [[app, 5, 600, 3, 700, 500]],
    pid,
  },
  {
    kind: "delta",
    objects: [],
    id: 1,
    t: 120,
    sinceT: 0,
    source: "sampled",
    rssBytes: 10_000_000,
    tracedBytes: null,
    blocks: 200,
    rows: [
      [library, 70, 9_000_000, null],
      [app, 5, 8_000_000, null],
    ],
    turnover: [[app, 5, 2_000_000]],
    at: null,
    pid,
  },
  { kind: "types", id: 1, t: 121, rows: [["app.Order", 12, 40]], pid },
  { kind: "stop", t: 120, id: 1, file: app, line: 6, reason: "breakpoint", function: "load" },
  {
    kind: "functions",
    rows: [
      [app, 1, 20, "<module>", 1],
      [app, 4, 9, "load", 0],
    ],
    pid,
  },
  { kind: "collections", rows: [[90, 2, 1.5, 10, 0]], pid },
  { kind: "level", t: 100, level: "live", frames: 5, pid },
  {
    kind: "snapshot",
    id: 1,
    name: "after load",
    trigger: "request",
    t: 115,
    source: "sampled",
    rssBytes: 30_000_000,
    tracedBytes: null,
    blocks: 300,
    rows: [
      [library, 70, 9_000_000, null],
      [app, 5, 8_000_000, null],
    ],
    freed: [[app, 5, 3_000_000]],
    pid,
  },
  {
    kind: "limit",
    ...{ t: 118, of: "growth", limit: 5_000_000, seconds: 5, bytes: 8_000_000 },
    ...{ file: app, line: 5, thread: "MainThread", pid },
  },
  { kind: "cost", t: 110, cpuMs: 1.1, samples: 3, tracingBytes: 700, pid },
  { kind: "problem", text: "RSS cannot be read here", pid },
  { kind: "end", t: 130, peakRssBytes: 31_000_000, peakTracedBytes: 2_000, pid },
  { kind: "gone", pid, t: 140 },
  {
    kind: "thinned",
    peakRssBytes: 31_000_000,
    peakTracedBytes: null,
    collections: [[pid, 0, 0]],
  },
  { kind: "exit", code: 0, signal: null },
];

/** The records as a run file holds them. */
export function toText(records: readonly RunFileRecord[]): string {
  return records.map(record => `${JSON.stringify(record)}\n`).join("");
}
