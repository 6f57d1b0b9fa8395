import { execFile } from "node:child_process";
import { isAbsolute } from "node:path";
import type { GitState } from "#profile";

/** A repository so large that this is not enough is not worth the wait. */
const withinMs = 3_000;
const mostOutputBytes = 16 * 1024 * 1024;

/**
 * Asks git for the commit of a folder and whether its tracked files have changes. Null where there
 * is no repository or no git, or when the answer takes too long or is no longer
 * wanted. Never rejects.
 */
export function readGitState(folder: string, signal: AbortSignal): Promise<GitState | null> {
  if (!isAbsolute(folder)) return Promise.resolve(null);
  // Without optional locks the index is only read; a file monitor would be a program to start.
  const options = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-C", folder];
  const question = ["status", "--porcelain=v2", "--branch", "--untracked-files=no"];
  const limits = { timeout: withinMs, maxBuffer: mostOutputBytes, windowsHide: true, signal };
  return new Promise(resolve => {
    execFile("git", [...options, ...question], limits, (error, output) =>
      resolve(error ? null : stateOf(output)),
    );
  });
}

/** Reads lines such as `# branch.oid 0123…` and, for a change, `1 .M N… src/app.py`. */
function stateOf(output: string): GitState | null {
  const lines = output.split("\n").filter(line => line !== "");
  const commit = /^# branch\.oid (\S+)$/m.exec(output)?.[1];
  if (commit === undefined) return null;
  return {
    commit: commit === "(initial)" ? null : commit,
    isDirty: lines.some(line => !line.startsWith("#")),
  };
}
