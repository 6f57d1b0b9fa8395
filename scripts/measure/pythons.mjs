// The Python whose environment has the packages that some measure blocks need.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installOnce, keyOf } from "../cache.mjs";
import { ProgramFailed, runOrFail } from "../processes.mjs";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** The pinned packages in their order, as `{ name, version }`. */
export function pinnedPackages() {
  const pins = readFileSync(requirements, "utf8").matchAll(/^(\w[\w.-]*)==(\S+)/gm);
  return [...pins].map(([, name, version]) => ({ name, version }));
}

/**
 * Makes an environment with the pinned packages in the cache, once, for the newest of the Pythons
 * (sorted so) that has wheels of all of them. Returns it as `{ interpreter, version, minor,
 * packages }`, or `{ problem }` where there is none, or no network yet.
 */
export async function packagePython(pythons) {
  const packages = readFileSync(requirements, "utf8");
  let problem = "no Python found";
  for (const python of pythons) {
    const key = keyOf(python.executable, python.version, packages);
    try {
      const name = `measure-${python.version}-${key}`;
      const folder = await installOnce(name, temporary => install(python, temporary));
      return { ...python, interpreter: interpreterIn(folder), packages };
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
      problem = error.output.trim().split("\n").at(-1) || error.message;
    }
  }
  return { problem };
}

async function install(python, folder) {
  await runOrFail(python.executable, ["-m", "venv", folder]);
  const options = ["--disable-pip-version-check", "--only-binary", ":all:", "-r", requirements];
  await runOrFail(interpreterIn(folder), ["-m", "pip", "install", ...options]);
}

function interpreterIn(folder) {
  return process.platform === "win32"
    ? join(folder, "Scripts", "python.exe")
    : join(folder, "bin", "python");
}
