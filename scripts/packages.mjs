// Installs the packages of package-lock.json where they are not there yet.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { npmCommand, runOrFail } from "./processes.mjs";

/** Tells why this Node is too old, or undefined when it will do. */
export function whyNodeIsTooOld(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `Needs Node.js 20.19 or newer; this is ${version}. See https://nodejs.org`;
}

/**
 * Runs `npm ci` unless node_modules holds what the lock asks for. Returns whether it ran.
 *
 * @throws ProgramFailed when npm fails
 */
export async function ensurePackages(root, onOutput) {
  if (await areInstalled(root)) return false;
  const [command, args] = npmCommand(["ci", "--no-audit", "--no-fund"]);
  await runOrFail(command, args, { cwd: root, onOutput });
  return true;
}

/** npm notes what it installed in a lock of its own; packages for other systems are not in it. */
async function areInstalled(root) {
  const wanted = await packagesOf(join(root, "package-lock.json"));
  const present = await packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || optional || present[path]?.version === version,
  );
}

async function packagesOf(file) {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text).packages;
}
