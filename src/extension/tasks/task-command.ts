import { type EngineWish, type Level, readEngine } from "#profile";
import { readLevel } from "../debug/launch-choice";

/** A task as `tasks.json` has it, checked. */
export interface ProfileDefinition {
  /** What follows the Python: `app.py --fast`, or `-m package --fast`. */
  readonly command: readonly string[];
  readonly cwd: string | null;
  /** Null for that of the settings. */
  readonly level: Level | null;
  /** The same. */
  readonly engine: EngineWish | null;
}

/** Reads the definition of a task; null when it names no program. */
export function readDefinition(value: Readonly<Record<string, unknown>>): ProfileDefinition | null {
  const { program, module, args, cwd } = value;
  const rest = Array.isArray(args) ? args.filter(part => typeof part === "string") : [];
  const command =
    typeof program === "string"
      ? [program, ...rest]
      : typeof module === "string"
        ? ["-m", module, ...rest]
        : null;
  if (!command) return null;
  const engine = readEngine(value["engine"]);
  // memray counts allocations and nothing else.
  const level = readLevel(value["level"]) ?? (engine === "memray" ? "allocations" : null);
  return { command, cwd: typeof cwd === "string" ? cwd : null, level, engine };
}

/** What a task is started with. */
export interface TaskStart {
  /** Our command line, as a file. */
  readonly cli: string;
  readonly python: string;
  readonly runFile: string;
  readonly level: Level;
  readonly frames: number;
  readonly engine: EngineWish;
}

/** The arguments of Node that profile a task's program. */
export function taskArguments(
  { command }: Pick<ProfileDefinition, "command">,
  { cli, python, runFile, level, frames, engine }: TaskStart,
): readonly string[] {
  const how = ["--python", python, "--level", level, "--frames", String(frames), "-o", runFile];
  const traced = level === "allocations" ? ["--engine", engine] : [];
  return [cli, "profile", ...how, ...traced, "--", ...command];
}

/** Where a task that was started so writes its run; null for other tasks. */
export function runFileOf(args: readonly unknown[], cli: string): string | null {
  const at = args.indexOf("-o");
  const file = args[0] === cli && at > 0 ? args[at + 1] : null;
  return typeof file === "string" ? file : null;
}
