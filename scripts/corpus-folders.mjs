// Folders of real Python code: the standard library found here, and large packages as published.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { installOnce, keyOf } from "./cache.mjs";
import { runOrFail } from "./processes.mjs";
import { findPython } from "./python.mjs";

const packages = ["django==5.2.19", "pandas==2.3.3", "sympy==1.14.0", "sqlalchemy==2.0.44"];

/** Gives `{ name, folder }` of each; fetches what is not there yet. */
export async function corpusFolders() {
  const python = await findPython();
  if (!python) throw new Error("needs a Python 3.9 or newer on the PATH");
  const library = `Python ${python.version}, standard library`;
  const folders = [{ name: library, folder: await standardLibrary(python) }];
  for (const name of packages) folders.push({ name, folder: await unpacked(python, name) });
  return folders;
}

async function standardLibrary({ executable }) {
  const program = "import sysconfig; print(sysconfig.get_path('stdlib'))";
  const { stdout } = await runOrFail(executable, ["-c", program]);
  return stdout.trim();
}

/** Fetches a package as it is published and unpacks it, once, without running any of it. */
async function unpacked({ executable, minor }, name) {
  return installOnce(`corpus-${name}-${keyOf(name, minor)}`, async folder => {
    const wheels = join(folder, ".wheels");
    const download = ["-m", "pip", "download", "--no-deps", "--only-binary", ":all:"];
    await runOrFail(executable, [...download, "--quiet", "--dest", wheels, name]);
    const [wheel] = await readdir(wheels);
    await runOrFail(executable, ["-m", "zipfile", "-e", join(wheels, wheel), folder]);
    await rm(wheels, { recursive: true });
  });
}

/** The Python files of a folder, without what was installed into it; sorted. */
export async function pythonFilesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile() && /\.pyi?w?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !/[\\/](site-packages|__pycache__)[\\/]/.test(path.slice(folder.length)))
    .sort();
}
