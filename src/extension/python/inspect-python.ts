import { execFile } from "node:child_process";
import { homedir } from "node:os";
import type { Milliseconds } from "#base";

/** A Python interpreter that was started once and answered. */
export interface PythonInfo {
  /** Absolute path of the interpreter itself, not of a launcher or shim. */
  readonly executable: string;
  /** As in `3.11.7`. */
  readonly version: string;
  readonly hasDebugpy: boolean;
  readonly hasPytest: boolean;
}

/** A command that may be a Python: the program and the arguments before any others. */
export type PythonCommand = readonly [program: string, ...args: string[]];

const timeoutMs: Milliseconds = 10_000;

const question = [
  "import importlib.util as u, json, sys",
  "v = '.'.join(map(str, sys.version_info[:3]))",
  "d, t = (u.find_spec(name) is not None for name in ('debugpy', 'pytest'))",
  "print(json.dumps([sys.executable, v, d, sys.version_info >= (3, 9), t]))",
].join("\n");

/**
 * Starts a Python to ask it what it is. Null when it is missing, older than 3.9, or does not answer
 * as a Python does (Windows puts a stub that opens the store in its place).
 */
export async function inspectPython(command: PythonCommand): Promise<PythonInfo | null> {
  const [program, ...args] = command;
  const output = await firstOutput(program, [...args, "-c", question]);
  return output === null ? null : readAnswer(output);
}

/** Runs outside of the workspace, so that no file there can pass for a module of Python's. */
function firstOutput(program: string, args: readonly string[]): Promise<string | null> {
  const options = { timeout: timeoutMs, windowsHide: true, cwd: homedir() };
  return new Promise(resolve => {
    execFile(program, args, options, (error, stdout) => {
      resolve(error ? null : stdout);
    });
  });
}

function readAnswer(output: string): PythonInfo | null {
  const [executable, version, hasDebugpy, isRecent, hasPytest] = parseList(output);
  if (typeof executable !== "string" || typeof version !== "string") return null;
  if (executable === "" || isRecent !== true) return null;
  return {
    executable,
    version,
    hasDebugpy: hasDebugpy === true,
    hasPytest: hasPytest === true,
  };
}

function parseList(output: string): readonly unknown[] {
  const line = output.trim().split(/\r?\n/).at(-1) ?? "";
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) ? value : [];
  } catch {
    // Something that is no Python printed this.
    return [];
  }
}
