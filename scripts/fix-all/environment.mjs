// What a package's suite needs: its source as published, and an environment with its packages.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { installOnce, keyOf } from "../cache.mjs";
import { runOrFail } from "../processes.mjs";

const pytest = "pytest==8.4.2";

/** Fetches and unpacks the source of a package, once; returns the folder that holds its files. */
export async function sourceOf({ name, version }, python) {
  const folder = await installOnce(`source-${name}-${version}`, async temporary => {
    const archives = join(temporary, ".archives");
    const download = ["-m", "pip", "download", "--no-deps", "--no-binary", name];
    const args = [...download, "--quiet", "--dest", archives, `${name}==${version}`];
    await runOrFail(python.executable, args);
    const [archive] = await readdir(archives);
    const unpack = "import shutil, sys; shutil.unpack_archive(sys.argv[1], sys.argv[2])";
    await runOrFail(python.executable, ["-c", unpack, join(archives, archive), temporary]);
    await rm(archives, { recursive: true });
  });
  const [inner] = await readdir(folder);
  return join(folder, inner);
}

/**
 * Makes an environment with pytest, what the suite needs, and the package itself for its metadata
 * and dependencies: its code comes from the tree under test, by PYTHONPATH. Returns the interpreter.
 */
export async function environmentOf({ name, version, requires = [] }, python) {
  const wanted = [pytest, `${name}==${version}`, ...requires];
  const key = keyOf(python.executable, python.version, wanted);
  const folder = await installOnce(`fix-all-${name}-${key}`, async temporary => {
    await runOrFail(python.executable, ["-m", "venv", "--clear", temporary]);
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    await runOrFail(interpreterIn(temporary), [...install, ...wanted]);
  });
  return interpreterIn(folder);
}

function interpreterIn(folder) {
  return process.platform === "win32"
    ? join(folder, "Scripts", "python.exe")
    : join(folder, "bin", "python");
}
