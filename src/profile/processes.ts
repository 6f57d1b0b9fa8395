import { mergeFunctions, mergeLines } from "./merge-lines";
import type { FunctionRun, LineFigures, ProcessRun } from "./model";
import { ProcessBuilder, type SharedTables } from "./process-builder";

/** Processes of a run that keep their own figures; of more, those with the smallest peaks go. */
const mostProcesses = 100;

/** The processes of a run. The one that is heard of first is the program itself. */
export class Processes {
  readonly #shared: SharedTables;
  readonly #byPid = new Map<number, ProcessBuilder>();
  /** Lines and functions of those that were left out. */
  #lines: readonly LineFigures[] = [];
  #functions: readonly FunctionRun[] = [];
  #leftOut = 0;
  #main: ProcessBuilder | null = null;

  constructor(shared: SharedTables) {
    this.#shared = shared;
  }

  /** Null before the first record of any. */
  get main(): ProcessBuilder | null {
    return this.#main;
  }

  get all(): readonly ProcessBuilder[] {
    return [...this.#byPid.values()];
  }

  get countLeftOut(): number {
    return this.#leftOut;
  }

  get isFull(): boolean {
    return this.all.some(({ lines, functions }) => lines.isFull || functions.isFull);
  }

  /** Gives a process that has already told something; null for an unknown one. */
  known(pid: number): ProcessBuilder | null {
    return this.#byPid.get(pid) ?? null;
  }

  /** Gives a process, a new one where there was none. */
  of(pid: number): ProcessBuilder {
    const known = this.#byPid.get(pid);
    if (known) return known;
    const created = new ProcessBuilder(pid, this.#shared);
    this.#main ??= created;
    this.#byPid.set(pid, created);
    this.#bound();
    return created;
  }

  lines(): readonly LineFigures[] {
    return mergeLines(
      this.#withLeftOut(
        this.#lines,
        this.all.map(({ lines }) => lines.toArray()),
      ),
    );
  }

  functions(): readonly FunctionRun[] {
    const tables = this.all.map(({ functions }) => functions.toArray());
    return mergeFunctions(this.#withLeftOut(this.#functions, tables));
  }

  toProcessRuns(): readonly ProcessRun[] {
    return this.all.map(each => each.toProcessRun());
  }

  #withLeftOut<T>(
    rows: readonly T[],
    tables: readonly (readonly T[])[],
  ): readonly (readonly T[])[] {
    return rows.length === 0 ? tables : [...tables, rows];
  }

  #bound(): void {
    if (this.#byPid.size <= mostProcesses) return;
    let least: ProcessBuilder | null = null;
    for (const each of this.#byPid.values()) {
      const isLeast = !least || (each.peakRss ?? 0) < (least.peakRss ?? 0);
      if (each !== this.#main && each.hasEnded && isLeast) least = each;
    }
    if (!least) return;
    this.#lines = mergeLines([this.#lines, least.lines.toArray()]);
    this.#functions = mergeFunctions([this.#functions, least.functions.toArray()]);
    this.#byPid.delete(least.pid);
    this.#leftOut++;
  }
}
