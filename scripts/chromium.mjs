// Finds a Chromium-like browser that tests can drive.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, run } from "./processes.mjs";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/** Returns the path of a Chromium, Chrome or Edge, or undefined. */
export function findChromium() {
  const { CHROME_PATH, PROGRAMFILES = "", LOCALAPPDATA = "" } = process.env;
  if (CHROME_PATH && existsSync(CHROME_PATH)) return CHROME_PATH;
  const placed = {
    darwin: [
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ],
    win32: [
      join(PROGRAMFILES, "Google", "Chrome", "Application", "chrome.exe"),
      join(LOCALAPPDATA, "Google", "Chrome", "Application", "chrome.exe"),
      join(`${PROGRAMFILES} (x86)`, "Microsoft", "Edge", "Application", "msedge.exe"),
    ],
  };
  const all = [...names.map(findOnPath), ...(placed[process.platform] ?? [])];
  return all.find(path => path && existsSync(path));
}

/**
 * Returns `{ path }`, or `{ problem }` that names the one command to run. On Debian and Ubuntu
 * as root it installs Chromium first, and says so by `say`.
 */
export async function ensureChromium(say) {
  const found = findChromium();
  if (found) return { path: found };
  if (!isDebian()) return { problem: `needs a Chromium: ${installCommand()}` };
  const packageName = isUbuntu() ? "chromium-browser" : "chromium";
  if (process.getuid?.() !== 0) {
    return { problem: `needs a Chromium: sudo apt-get install -y ${packageName}` };
  }
  say(`installing the system package ${packageName} with apt-get`);
  const output = await installWithApt(packageName);
  const path = findChromium();
  return path ? { path } : { problem: `apt-get could not install ${packageName}:\n${output}` };
}

async function installWithApt(packageName) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const timeoutMs = 5 * 60_000;
  const updated = await run("apt-get", ["update", "-q"], { env, timeoutMs });
  const args = ["install", "-y", "-q", "--no-install-recommends", packageName];
  const installed = await run("apt-get", args, { env, timeoutMs });
  return (updated.output + installed.output).split("\n").slice(-15).join("\n");
}

function isDebian() {
  return process.platform === "linux" && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(osRelease());
}

function isUbuntu() {
  return /^ID=ubuntu/m.test(osRelease());
}

function osRelease() {
  return existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
}

function installCommand() {
  if (process.platform === "darwin") return "brew install --cask chromium";
  if (process.platform === "win32") return "winget install Google.Chrome";
  return findOnPath("dnf") ? "sudo dnf install chromium" : "install chromium, or set CHROME_PATH";
}
