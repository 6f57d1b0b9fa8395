// Questions about a folder of Python files, before and after fixes.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { ProgramFailed, run, runOrFail } from "../processes.mjs";

/** Below the working folder, since tests run a bundle of this file from elsewhere. */
const parses = join("scripts", "fix-all", "parses.py");

/** Reads a tree as `Map` of path below it to a digest of the content. */
export async function digestsOf(tree) {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  const digests = new Map();
  for (const entry of entries.filter(each => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    digests.set(
      relative(tree, path),
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
    );
  }
  return digests;
}

/** The paths whose content differs, also of files that only one of them has; sorted. */
export function changedFiles(before, after) {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter(path => before.get(path) !== after.get(path)).sort();
}

/** The files that a Python can parse, as paths below the tree. */
export async function parsedBy(python, tree) {
  const { stdout } = await runOrFail(python.executable, [parses, tree]);
  return JSON.parse(stdout);
}

/** Applies the safe fixes of all rules to a tree; returns how many. */
export async function fixTree(cli, tree) {
  const result = await check(cli, tree, ["--fix"]);
  const found = /Fixed (\d+) problems?\./.exec(result.stdout);
  if (!found) throw new ProgramFailed(`check --fix ended with ${result.code}`, result.output);
  return Number(found[1]);
}

/** The codes of the rules that have a safe fix in a tree, with how many, the most first. */
export async function safeFixesOf(cli, tree) {
  const { stdout } = await check(cli, tree, ["--output-format", "json"]);
  const counts = new Map();
  for (const { code, fix } of JSON.parse(stdout)) {
    if (fix?.applicability === "safe") counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

async function check(cli, tree, args) {
  const always = ["check", "--isolated", "--no-cache", "--select", "ALL"];
  const result = await run(process.execPath, [cli, ...always, ...args, tree], { cwd: tree });
  if (result.code > 1) throw new ProgramFailed(`check ended with ${result.code}`, result.output);
  if (/failed and was skipped/.test(result.stderr))
    throw new ProgramFailed("a rule failed", result.stderr);
  return result;
}
