// The Python that benchmarks and comparisons run in, with what they are compared to.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installOnce, keyOf } from "../cache.mjs";
import { runOrFail } from "../processes.mjs";
import { findPythons } from "../python.mjs";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** An environment with the peers; memray and pandas need a Python that has wheels of them. */
export async function benchPython() {
  const found = (await findPythons()).find(each => each.minor >= 11 && each.minor <= 13);
  if (!found) throw new Error("the benchmark needs Python 3.11, 3.12 or 3.13 for its peers");
  const key = keyOf(found.executable, found.version, readFileSync(requirements, "utf8"));
  const folder = await installOnce(`bench-${found.version}-${key}`, async temporary => {
    await runOrFail(found.executable, ["-m", "venv", temporary]);
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "-r", requirements];
    await runOrFail(join(temporary, "bin", "python"), pip);
  });
  return { ...found, interpreter: join(folder, "bin", "python") };
}
