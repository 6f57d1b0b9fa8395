// node scripts/measure/page.mjs PAGE: measures the blocks of any page and writes the figures into it.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { stopAll, stopAllOnSignals } from "../processes.mjs";
import { findPythons } from "../python.mjs";
import { readBlocks, writeTables } from "./pages.mjs";
import { packagePython, pinnedPackages } from "./pythons.mjs";
import { measureBlock } from "./run-blocks.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

async function main([path]) {
  if (!path) throw new Error("name a page, such as docs/what-this-linter-does-not-say.md");
  const text = await readFile(path, "utf8");
  const pythons = await findPythons();
  const figures = [];
  for (const block of readBlocks(text)) figures.push(await rowsOf(block, pythons));
  await writeFile(path, writeTables(text, figures));
}

/** `{ label, bad, fixed }` in bytes for each Python; none where the packages cannot be had. */
async function rowsOf({ claim, code, needs }, pythons) {
  const used = needs.length > 0 ? [await packagePython(pythons)] : pythons;
  const rows = [];
  for (const python of used.filter(one => !one.problem)) {
    const interpreter = python.interpreter ?? python.executable;
    const measured = await measureBlock(code, { ...python, interpreter }, { root });
    const [bad, fixed] = [measured.bad[claim], measured.fixed[claim]];
    rows.push({ label: labelOf(python, needs), bad, fixed });
  }
  return rows;
}

function labelOf({ minor }, needs) {
  const pins = pinnedPackages().filter(({ name }) => needs.includes(name));
  return [`Python 3.${minor}`, ...pins.map(pin => `${pin.name} ${pin.version}`)].join(", ");
}

stopAllOnSignals();
main(process.argv.slice(2))
  .catch(error => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(stopAll);
