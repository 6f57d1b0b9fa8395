import { createProfileBuilder } from "./builder";
import type { Profile } from "./model";
import { readRecord, type RecordProblem } from "./read-record";
import { runSchema } from "./records";

/** Why a run file could not be read, or not wholly. */
export interface RunProblem {
  readonly kind: "empty" | "foreign" | "newer" | "damaged";
  /** In words for people, with the next step where there is one. */
  readonly text: string;
}

/** What a run file held. With problems other than `damaged` the profile is empty. */
export interface RunReading {
  readonly profile: Profile;
  readonly problems: readonly RunProblem[];
}

/** Why nothing of a run can be used; null when something can, if not all. */
export function refusalOf({ problems }: Pick<RunReading, "problems">): RunProblem | null {
  return problems.find(({ kind }) => kind !== "damaged") ?? null;
}

/** Reads a run file line by line, so that it never has to be in memory as a whole. */
export interface RunReader {
  /** Takes the next line, without its end. Never throws. */
  line(text: string): void;
  /** True once it is clear that nothing more can be read: more lines change nothing. */
  readonly isRefused: boolean;
  /** Gives what was read; no line may come after it. */
  end(): RunReading;
}

/** A file with more broken lines is not worth reading on. */
const mostDamaged = 100_000;

/** Reads a whole run file. A file cut at any byte is readable. Total: never throws. */
export function readRun(text: string): RunReading {
  return readRunLines(text.split("\n"));
}

/** Reads the lines of a run file. Total: never throws. */
export function readRunLines(lines: Iterable<string>): RunReading {
  const reader = createRunReader();
  for (const line of lines) reader.line(line);
  return reader.end();
}

/** Starts reading a run file. */
export function createRunReader(): RunReader {
  return new Reader();
}

class Reader implements RunReader {
  readonly #builder = createProfileBuilder();
  /** Set by the first line where it means that nothing else can be read. */
  #refusal: RunProblem | null = null;
  #hasStarted = false;
  #damaged = 0;
  /** A bad line is torn when it is the last one, and damaged when another follows. */
  #isLastBad = false;

  line(text: string): void {
    if (this.isRefused || text.trim() === "") return;
    if (this.#isLastBad) this.#damaged++;
    const record = readRecord(text);
    this.#isLastBad = record.kind === "unreadable" && record.reason !== "unknown-kind";
    if (!this.#hasStarted) {
      this.#refusal = firstLineProblem(record, text);
      this.#hasStarted = true;
    }
    if (record.kind !== "unreadable" && !this.#refusal) this.#builder.add(record);
  }

  get isRefused(): boolean {
    return this.#refusal !== null || this.#damaged > mostDamaged;
  }

  end(): RunReading {
    const profile = { ...this.#builder.profile(), hasEnded: true };
    if (this.#refusal) return { profile, problems: [this.#refusal] };
    if (!this.#hasStarted)
      return { profile, problems: [{ kind: "empty", text: "The run is empty" }] };
    if (this.#damaged === 0) return { profile, problems: [] };
    const lines = this.#damaged === 1 ? "1 line" : `${this.#damaged} lines`;
    const text = `${lines} of the run could not be read and ${this.#damaged === 1 ? "is" : "are"} left out`;
    return { profile, problems: [{ kind: "damaged", text }] };
  }
}

function firstLineProblem(record: ReturnType<typeof readRecord>, line: string): RunProblem | null {
  if (record.kind === "run") return versionProblem(record.schema);
  if (isTornHeader(record, line)) return { kind: "empty", text: "The run ends in its first line" };
  return { kind: "foreign", text: "This is not a run of Python Memory Insights" };
}

/** A later version may have changed even its first line beyond what can be checked here. */
function versionProblem(schema: number): RunProblem | null {
  if (schema <= runSchema) return null;
  const text =
    `This run was written by a newer version (format ${schema}, this one reads up to ` +
    `${runSchema}); update Python Memory Insights to read it`;
  return { kind: "newer", text };
}

function isTornHeader(
  record: ReturnType<typeof readRecord> | RecordProblem,
  line: string,
): boolean {
  const start = '{"kind":"run"';
  return record.kind === "unreadable" && (start.startsWith(line) || line.startsWith(start));
}
