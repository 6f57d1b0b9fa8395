import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readRun, type RunReading } from "#profile";

/** How a process ended and what it wrote. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A process that may still be going on. */
export interface Started {
  readonly process: ChildProcess;
  /** What it has written to standard output by now. */
  readonly out: () => string;
  readonly ended: Promise<Outcome>;
}

/** The Python to profile with. */
export const python = process.env["MEMORY_INSIGHTS_PYTHON"] ?? "python3";

/** The built command line. */
export const cli = resolve("dist/cli.js");

/** A folder of its own for one test, and the processes started in it. */
export class CliFolder {
  readonly path = mkdtempSync(join(tmpdir(), "memory-insights-"));
  readonly #started: ChildProcess[] = [];

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  readRun(name: string): RunReading {
    return readRun(readFileSync(join(this.path, name), "utf8"));
  }

  /** Runs the built command line to its end. */
  run(argv: readonly string[], input = ""): Promise<Outcome> {
    return this.start(process.execPath, [cli, ...argv], input).ended;
  }

  /** Starts a program in the folder. */
  start(command: string, args: readonly string[], input = "", env = process.env): Started {
    const child = spawn(command, args, { cwd: this.path, env });
    this.#started.push(child);
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.stdin.end(input);
    const ended = new Promise<Outcome>((resolveOutcome, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolveOutcome({ code, signal, out, err }));
    });
    return { process: child, out: () => out, ended };
  }

  /** Ends what still runs and removes the folder. */
  remove(): void {
    for (const child of this.#started) child.kill("SIGKILL");
    rmSync(this.path, { recursive: true, force: true });
  }
}
