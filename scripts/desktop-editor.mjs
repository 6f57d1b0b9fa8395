// A desktop VS Code that @vscode/test-electron fetches into the cache.
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "./cache.mjs";

/** Returns `{ path }` of a fetched VS Code, or `{ problem }` where none can be had. */
export async function fetchDesktopEditor(say, version = "stable") {
  const folder = join(cacheFolder(), "desktop");
  const cached = await cachedDesktopEditor(folder);
  if (cached) return { path: cached };
  const answer = await fetch("https://update.code.visualstudio.com/api/releases/stable", {
    signal: AbortSignal.timeout(3000),
  }).catch(() => undefined);
  if (!answer?.ok) return { problem: "update.code.visualstudio.com does not answer" };
  const { downloadAndUnzipVSCode, SilentReporter } = await import("@vscode/test-electron");
  say("fetching VS Code");
  try {
    const options = { version, cachePath: folder, reporter: new SilentReporter() };
    return { path: await downloadAndUnzipVSCode(options) };
  } catch (error) {
    return { problem: `VS Code could not be fetched: ${error.message}` };
  }
}

/** A complete download of any version; test-electron marks one by a file `is-complete`. */
async function cachedDesktopEditor(folder) {
  const names = await readdir(folder).catch(() => []);
  const whole = names.filter(name => existsSync(join(folder, name, "is-complete"))).sort();
  const newest = whole.at(-1);
  if (!newest) return undefined;
  const places = {
    darwin: ["Visual Studio Code.app", "Contents", "MacOS", "Electron"],
    win32: ["Code.exe"],
    linux: ["code"],
  };
  const path = join(folder, newest, ...(places[process.platform] ?? places.linux));
  return existsSync(path) ? path : undefined;
}
