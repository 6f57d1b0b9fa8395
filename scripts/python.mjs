// Finds the Pythons of this machine and makes environments with debugpy for them.
import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installOnce, keyOf } from "./cache.mjs";
import { findOnPath, ProgramFailed, run, runOrFail } from "./processes.mjs";
import { canInstallPackages, commandFor, installPackage } from "./system-packages.mjs";

const supportedMinors = [9, 10, 11, 12, 13, 14];
const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));
/** What an environment has in which programs with workers are profiled. */
export const workersRequirements = fileURLToPath(
  new URL("workers-requirements.txt", import.meta.url),
);
/** What an environment has in which memray is tried. */
export const memrayRequirements = fileURLToPath(
  new URL("memray-requirements.txt", import.meta.url),
);
/** What an environment has whose kernel of Jupyter is measured. */
export const kernelRequirements = fileURLToPath(
  new URL("kernel-requirements.txt", import.meta.url),
);
const question =
  "import sys, json; print(json.dumps([sys.executable, list(sys.version_info[:3]), sys.implementation.name]))";

/**
 * Finds the first Python that this project supports, as `{ executable, version, minor }`.
 * Looks at $MEMORY_INSIGHTS_PYTHON, the checkout's .venv, and then at what the system offers.
 */
export async function findPython() {
  for (const [command, ...args] of firstChoices()) {
    const python = await ask(command, args);
    if (python) return python;
  }
  return (await findPythons())[0];
}

/** Finds one CPython for each supported minor version, the newest version first. */
export async function findPythons() {
  const commands = [...firstChoices(), ...(await otherChoices())];
  const answers = await Promise.all(commands.map(([command, ...args]) => ask(command, args)));
  const byMinor = new Map();
  for (const python of answers) {
    if (python && !byMinor.has(python.minor)) byMinor.set(python.minor, python);
  }
  return [...byMinor.values()].sort((a, b) => b.minor - a.minor);
}

function firstChoices() {
  const inVenv = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const named = ["python3", "python"].map(name => findOnPath(name));
  const launcher = process.platform === "win32" && findOnPath("py");
  return [
    [process.env.MEMORY_INSIGHTS_PYTHON],
    [join(".venv", ...inVenv)],
    ...(launcher ? [[launcher, "-3"]] : []),
    ...named.map(path => [path]),
  ].filter(([command]) => command && existsSync(command));
}

/** Versions with a name of their own on the PATH, of the Windows launcher, of pyenv and of uv. */
async function otherChoices() {
  if (process.platform === "win32") return supportedMinors.map(minor => ["py", `-3.${minor}`]);
  const named = supportedMinors.map(minor => findOnPath(`python3.${minor}`)).filter(Boolean);
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  const uv = join(homedir(), ".local", "share", "uv", "python");
  const managed = [];
  for (const folder of [pyenv, uv]) {
    const versions = await readdir(folder).catch(() => []);
    managed.push(...versions.map(version => join(folder, version, "bin", "python3")));
  }
  return [...named, ...managed].filter(existsSync).map(path => [path]);
}

async function ask(command, args) {
  const { code, stdout } = await run(command, [...args, "-c", question], { timeoutMs: 20_000 });
  if (code !== 0) return undefined;
  const [executable, version, implementation] = JSON.parse(stdout);
  const [major, minor] = version;
  if (implementation !== "cpython" || major !== 3 || !supportedMinors.includes(minor)) return;
  return { executable, version: version.join("."), minor };
}

/**
 * Makes an environment for a Python in the cache, once, and returns its interpreter: with debugpy,
 * unless another `list` of packages is named.
 * Debian keeps venv in a package of its own: as root that is installed, with a word by `say`.
 *
 * @throws ProgramFailed when venv or pip fails; its message or its output says why
 */
export async function environmentFor(python, { say, onOutput, list = requirements } = {}) {
  const key = keyOf(python.executable, python.version, readFileSync(list, "utf8"));
  const folder = await installOnce(`python-${python.version}-${key}`, async temporary => {
    await makeVenv(python, temporary, { say, onOutput });
    const args = ["-m", "pip", "install", "--disable-pip-version-check", "-r", list];
    await runOrFail(interpreterIn(temporary), args, { onOutput });
  });
  return interpreterIn(folder);
}

async function makeVenv(python, folder, { say, onOutput }) {
  const args = ["-m", "venv", "--clear", folder];
  const { code, output } = await run(python.executable, args, { onOutput });
  if (code === 0) return;
  if (!/ensurepip is not\s+available|No module named '?(venv|ensurepip)/.test(output)) {
    throw new ProgramFailed(`python -m venv failed for ${python.executable}`, output);
  }
  const packageName = `python3.${python.minor}-venv`;
  const command = commandFor(packageName) ?? "install Python's venv module";
  if (!say || !canInstallPackages()) {
    throw new ProgramFailed(`${python.executable} has no venv module: ${command}`, "");
  }
  await installPackage(packageName, say);
  await runOrFail(python.executable, args, { onOutput });
}

function interpreterIn(folder) {
  return process.platform === "win32"
    ? join(folder, "Scripts", "python.exe")
    : join(folder, "bin", "python");
}
