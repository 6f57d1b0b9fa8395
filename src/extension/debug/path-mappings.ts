import { posix, win32 } from "node:path";
import type { FileRename } from "#recorder";

interface PathMapping {
  readonly localRoot: string;
  readonly remoteRoot: string;
}

/**
 * Reads `pathMappings` of an attach configuration, in which the debugger and we have the same idea of
 * where a program's files lie on this machine. Files outside of them keep their names.
 */
export function readPathMappings(value: unknown): FileRename {
  const mappings = Array.isArray(value) ? value.flatMap(toMapping) : [];
  return (file, { cwd }) => {
    for (const { localRoot, remoteRoot } of mappings) {
      const rest = below(remoteRoot === "." ? cwd : remoteRoot, file);
      if (rest !== null) return joined(localRoot, rest);
    }
    return file;
  };
}

function toMapping(value: unknown): readonly PathMapping[] {
  if (typeof value !== "object" || value === null) return [];
  const localRoot: unknown = Reflect.get(value, "localRoot");
  const remoteRoot: unknown = Reflect.get(value, "remoteRoot");
  const isWhole = typeof localRoot === "string" && typeof remoteRoot === "string";
  return isWhole && localRoot !== "" && remoteRoot !== "" ? [{ localRoot, remoteRoot }] : [];
}

/** The names that lead from a folder to a file below it; null when it is not below. */
function below(folder: string, file: string): readonly string[] | null {
  const path = isWindows(folder) ? win32 : posix;
  const rest = path.relative(folder, file);
  const isOutside = rest === "" || rest === ".." || rest.startsWith(`..${path.sep}`);
  return isOutside || !path.isAbsolute(file) || path.isAbsolute(rest) ? null : rest.split(path.sep);
}

function joined(folder: string, names: readonly string[]): string {
  return (isWindows(folder) ? win32 : posix).join(folder, ...names);
}

function isWindows(path: string): boolean {
  return /^[a-z]:|\\/i.test(path);
}
