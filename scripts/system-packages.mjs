// Installs packages of the system, only on Debian and its kin, only as root, and never silently.
import { existsSync, readFileSync } from "node:fs";
import { run } from "./processes.mjs";

const timeoutMs = 5 * 60_000;

/** Whether apt-get is at hand and may be used without asking anybody. */
export function canInstallPackages() {
  return isDebian() && process.getuid?.() === 0;
}

/** The command that a person would run for a package of Debian's, or undefined elsewhere. */
export function commandFor(packageName) {
  return isDebian() ? `sudo apt-get install -y ${packageName}` : undefined;
}

/** Installs a package by apt-get and returns the end of what it said; check what came of it. */
export async function installPackage(packageName, say) {
  say(`installing the system package ${packageName} with apt-get`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const updated = await run("apt-get", ["update", "-q"], { env, timeoutMs });
  const args = ["install", "-y", "-q", "--no-install-recommends", packageName];
  const installed = await run("apt-get", args, { env, timeoutMs });
  return (updated.output + installed.output).trim().split("\n").slice(-15).join("\n");
}

/** Debian, Ubuntu and what is made from them. */
export function isDebian() {
  return process.platform === "linux" && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(osRelease());
}

/** Ubuntu's own Chromium is a snap, which containers cannot run. */
export function isUbuntu() {
  return /^ID=ubuntu/m.test(osRelease());
}

function osRelease() {
  return existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
}
