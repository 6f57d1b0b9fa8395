import type { HelloMessage } from "./records";
import type { Origin } from "./model";

/** Where a Python keeps code that is not the user's. */
export type Places = Pick<
  HelloMessage,
  "platform" | "prefix" | "stdlib" | "sitePaths" | "probePath"
>;

/** The debugger, wherever it is installed: in a package folder or inside an editor's extension. */
const debuggerPath =
  /\/debugpy\/(?:_vendored|adapter|launcher|server|common|public_api|__main__|__init__)|\/_?pydevd[^/]*\/|\/ms-python\.(?:python|debugpy)-[^/]*\//;

/** The name under which the probe adds up its own lines and the debugger's. */
const toolFile = "<profiler and debugger>";

/**
 * Tells whose code a file is. The order matters: package folders lie inside the standard
 * library's, and a virtual environment often lies inside the user's project.
 */
export function originOf(file: string, places: Places | null): Origin {
  if (file === toolFile) return "tool";
  if (file.startsWith("<")) return file.startsWith("<frozen ") ? "stdlib" : "library";
  const isWindows = places?.platform === "win32";
  const path = normal(file, isWindows);
  if (debuggerPath.test(path)) return "tool";
  if (!places) return "user";
  const isBelow = (folder: string): boolean =>
    folder !== "" && path.startsWith(`${normal(folder, isWindows).replace(/\/+$/, "")}/`);
  if (isBelow(places.probePath)) return "tool";
  if (places.sitePaths.some(isBelow) || /\/(?:site|dist)-packages\//.test(path)) return "library";
  if (isBelow(places.stdlib) || /\/python\d+\.zip\//.test(path)) return "stdlib";
  // The small starters that pip writes: `bin/black` belongs to black.
  const starters = `${places.prefix}/${isWindows ? "Scripts" : "bin"}`;
  return places.prefix !== "" && isBelow(starters) ? "library" : "user";
}

/** Windows does not tell letters' case apart and takes both slashes. */
function normal(path: string, isWindows: boolean): string {
  return isWindows ? path.replaceAll("\\", "/").toLowerCase() : path;
}
