import { type Check, integer, isObject, listOf, Mismatch, number, object, oneOf } from "./check";
import { orAbsent, orNull, text, truth, tuple } from "./check";
import type { ExitReason } from "./model";
import type {
  CollectionRecord,
  CollectionsMessage,
  CostMessage,
  DeltaMessage,
  DeltaRecord,
  EndMessage,
  EnvironmentRecord,
  ExitRecord,
  FunctionRecord,
  FunctionsMessage,
  GitState,
  GoneBytesRecord,
  GoneRecord,
  HelloMessage,
  LevelMessage,
  LimitMessage,
  LineObjectsRecord,
  LineRecord,
  LinesMessage,
  PackageRecord,
  PlaceRecord,
  ProblemMessage,
  ProcessMessage,
  RunFileRecord,
  RunRecord,
  SamplesMessage,
  SnapshotMessage,
  SourceRecord,
  StopRecord,
  ThinnedCollections,
  ThinnedRecord,
  TypeRecord,
  TypesMessage,
} from "./records";

/** Longest line of a run file or of the channel, in UTF-16 code units. */
export const longestLine = 1_048_576;

/** Why a line is not a record. Unknown kinds come from newer versions and are to be ignored. */
export interface RecordProblem {
  readonly kind: "unreadable";
  readonly reason: "oversized" | "syntax" | "shape" | "unknown-kind";
  /** In words for a log. */
  readonly text: string;
}

const mostRows = 10_000;
const time = number(0);
const count = integer(0);
const size = number(0);
const change = number(-Infinity);
const level = oneOf("live", "allocations");
const source = oneOf("sampled", "traced", "memray");
const rowsOf = <T>(row: Check<T>): Check<readonly T[]> => listOf(row, mostRows);

const goneBytes = orAbsent(rowsOf(tuple<GoneBytesRecord>(text, count, size)), []);

const hello = object<HelloMessage>({
  kind: oneOf("hello"),
  version: integer(1),
  pid: count,
  parentPid: count,
  python: text,
  implementation: text,
  executable: text,
  argv: listOf(text, mostRows),
  cwd: text,
  platform: text,
  level,
  frames: count,
  intervalMs: time,
  startedAt: time,
  prefix: text,
  stdlib: text,
  sitePaths: listOf(text, mostRows),
  probePath: text,
  coverage: oneOf("exact", "functions", "none"),
});

const sampleColumns = object<SamplesMessage>({
  kind: oneOf("samples"),
  t: rowsOf(time),
  rss: rowsOf(size),
  traced: rowsOf(orNull(size)),
  blocks: rowsOf(count),
});

const samples: Check<SamplesMessage> = (value, at) => {
  const columns = sampleColumns(value, at);
  if (columns instanceof Mismatch) return columns;
  const { t, rss, traced, blocks } = columns;
  const isEven = [rss, traced, blocks].every(column => column.length === t.length);
  return isEven ? columns : new Mismatch(`${at} has columns of different lengths`);
};

const lines = object<LinesMessage>({
  kind: oneOf("lines"),
  source,
  t: time,
  rows: rowsOf(
    tuple<LineRecord>(text, count, orNull(change), orNull(change), orNull(size), change),
  ),
});

const place = { file: text, line: count, reason: text, function: text };

const delta = object<DeltaMessage>({
  kind: oneOf("delta"),
  id: count,
  at: orAbsent(orNull(object<PlaceRecord>(place)), null),
  t: time,
  sinceT: time,
  source,
  rssBytes: change,
  tracedBytes: orNull(change),
  blocks: change,
  rows: rowsOf(tuple<DeltaRecord>(text, count, change, orNull(change))),
  turnover: goneBytes,
  objects: orAbsent(rowsOf(tuple<LineObjectsRecord>(text, count, text, count, count)), []),
});

const types = object<TypesMessage>({
  kind: oneOf("types"),
  id: count,
  t: time,
  rows: orNull(rowsOf(tuple<TypeRecord>(text, change, count))),
});

const functions = object<FunctionsMessage>({
  kind: oneOf("functions"),
  rows: rowsOf(tuple<FunctionRecord>(text, count, count, text, count)),
});

const collections = object<CollectionsMessage>({
  kind: oneOf("collections"),
  rows: rowsOf(tuple<CollectionRecord>(time, count, time, count, count)),
});

const levelChange = object<LevelMessage>({
  kind: oneOf("level"),
  t: time,
  level,
  frames: count,
});

const snapshot = object<SnapshotMessage>({
  kind: oneOf("snapshot"),
  id: orNull(count),
  name: text,
  trigger: oneOf("request", "interval", "peak", "exit"),
  t: time,
  source,
  rssBytes: size,
  tracedBytes: orNull(size),
  blocks: count,
  rows: rowsOf(tuple<DeltaRecord>(text, count, change, orNull(change))),
  freed: goneBytes,
});

const limit = object<LimitMessage>({
  kind: oneOf("limit"),
  t: time,
  of: oneOf("rss", "traced", "growth", "line"),
  limit: size,
  seconds: orNull(count),
  bytes: size,
  file: text,
  line: count,
  thread: orNull(text),
});

const cost = object<CostMessage>({
  kind: oneOf("cost"),
  t: time,
  cpuMs: time,
  samples: count,
  tracingBytes: orAbsent(orNull(size), null),
});

const problem = object<ProblemMessage>({ kind: oneOf("problem"), text });

const end = object<EndMessage>({
  kind: oneOf("end"),
  t: time,
  peakRssBytes: size,
  peakTracedBytes: orNull(size),
});

const messages: ReadonlyMap<string, Check<ProcessMessage>> = new Map<string, Check<ProcessMessage>>(
  Object.entries({
    hello,
    samples,
    lines,
    delta,
    functions,
    types,
    collections,
    level: levelChange,
    snapshot,
    limit,
    cost,
    problem,
    end,
  }),
);

const run = object<RunRecord>({
  kind: oneOf("run"),
  schema: integer(1),
  tool: text,
  command: listOf(text, mostRows),
  createdAt: time,
  level,
});

const environment = object<EnvironmentRecord>({
  kind: oneOf("environment"),
  packages: rowsOf(tuple<PackageRecord>(text, text)),
  git: orNull(object<GitState>({ commit: orNull(text), isDirty: truth })),
});

const sourceFile = object<SourceRecord>({ kind: oneOf("source"), file: text, fingerprint: text });

const stop = object<StopRecord>({
  kind: oneOf("stop"),
  t: time,
  id: count,
  ...place,
});

const gone = object<GoneRecord>({ kind: oneOf("gone"), pid: count, t: time });

const thinned = object<ThinnedRecord>({
  kind: oneOf("thinned"),
  peakRssBytes: orNull(size),
  peakTracedBytes: orNull(size),
  collections: rowsOf(tuple<ThinnedCollections>(count, count, time)),
});

const exitFields = object<Omit<ExitRecord, "reason">>({
  kind: oneOf("exit"),
  code: orNull(integer(Number.MIN_SAFE_INTEGER)),
  signal: orNull(text),
});

const exitReason = object<{ readonly reason: ExitReason }>({
  reason: oneOf("stopped", "detached"),
});

/** Older files have no reason, and one from a newer version is left out. */
const exit: Check<ExitRecord> = (value, at) => {
  const fields = exitFields(value, at);
  const reason = exitReason(value, at);
  return fields instanceof Mismatch || reason instanceof Mismatch
    ? fields
    : { ...fields, ...reason };
};

const withPid = object<{ readonly pid: number }>({ pid: count });

/** The same check, for a message that carries the process it came from. */
function ofProcess(check: Check<ProcessMessage>): Check<RunFileRecord> {
  return (value, at) => {
    const process = withPid(value, at);
    if (process instanceof Mismatch) return process;
    const message = check(value, at);
    return message instanceof Mismatch ? message : { ...message, pid: process.pid };
  };
}

const records: ReadonlyMap<string, Check<RunFileRecord>> = new Map<string, Check<RunFileRecord>>([
  ...[...messages].map(([kind, check]) => [kind, ofProcess(check)] as const),
  ...Object.entries({ run, environment, source: sourceFile, stop, gone, thinned, exit }),
]);

/** Reads one line of a run file. Total: never throws, whatever the line holds. */
export function readRecord(line: string): RunFileRecord | RecordProblem {
  return readLine(line, records);
}

/** Reads one line of the probe's channel; a hello's token is dropped. Total: never throws. */
export function readProcessMessage(line: string): ProcessMessage | RecordProblem {
  return readLine(line, messages);
}

function readLine<T>(line: string, checks: ReadonlyMap<string, Check<T>>): T | RecordProblem {
  if (line.length > longestLine) {
    return unreadable("oversized", `a line of ${line.length} characters`);
  }
  const value = parse(line);
  if (value instanceof Mismatch) return unreadable("syntax", value.text);
  if (!isObject(value)) return unreadable("shape", "not an object");
  const kind = Object.hasOwn(value, "kind") ? value["kind"] : undefined;
  if (typeof kind !== "string") return unreadable("shape", "no kind");
  const check = checks.get(kind);
  if (!check)
    return unreadable("unknown-kind", `unknown kind ${JSON.stringify(kind.slice(0, 40))}`);
  const checked = check(value, kind);
  return checked instanceof Mismatch ? unreadable("shape", checked.text) : checked;
}

/** Deep nesting may exhaust the parser's stack; that too is only a line that cannot be read. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    return new Mismatch(error instanceof RangeError ? "nested too deeply" : "not JSON");
  }
}

function unreadable(reason: RecordProblem["reason"], text: string): RecordProblem {
  return { kind: "unreadable", reason, text };
}
