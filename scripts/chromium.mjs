// Finds a Chromium-like browser that tests can drive.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findOnPath, run } from "./processes.mjs";
import { canInstallPackages, commandFor, installPackage, isUbuntu } from "./system-packages.mjs";

const playwright = fileURLToPath(
  new URL("../node_modules/playwright-core/cli.js", import.meta.url),
);

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
  const found = findChromium() ?? (await fetchedChromium());
  if (found) return { path: found };
  if (!canInstallPackages()) return { problem: `needs a Chromium: ${installCommand()}` };
  const output = isUbuntu() ? await fetchChromium(say) : await installPackage("chromium", say);
  const path = findChromium() ?? (await fetchedChromium());
  return path ? { path } : { problem: `no Chromium could be installed:\n${output}` };
}

/** Playwright's own build with the libraries it needs: Ubuntu's package is only a snap. */
async function fetchChromium(say) {
  say("fetching Playwright's Chromium and installing its libraries with apt-get");
  const { output } = await run(process.execPath, [
    playwright,
    "install",
    "--with-deps",
    "chromium",
  ]);
  return output.trim().split("\n").slice(-15).join("\n");
}

async function fetchedChromium() {
  if (!existsSync(playwright)) return undefined;
  const { chromium } = await import("playwright-core");
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

function installCommand() {
  const inPlaywright = "npx playwright-core install --with-deps chromium";
  if (isUbuntu() || process.platform !== "linux") return inPlaywright;
  if (findOnPath("dnf")) return "sudo dnf install chromium";
  return commandFor("chromium") ?? inPlaywright;
}
