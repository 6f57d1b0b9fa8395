// Measures all blocks of rule pages on all Pythons, two at a time.
import { problemsOf } from "./judge.mjs";
import { readPages } from "./pages.mjs";
import { packagePython, pinnedPackages } from "./pythons.mjs";
import { measureBlock } from "./run-blocks.mjs";

/**
 * Measures the blocks of the pages of a checkout, those named in `only` (by rule, code or file name)
 * if there are any, on each of `pythons` (as findPythons gives them), or where they need packages on the one
 * that has them.
 *
 * Returns `{ pages, results, skipped }`: a result is `{ page, block, python, label, measured,
 * problems }`, in the order of the pages and Pythons, without `measured` where the block failed;
 * `skipped` says why blocks with packages were not measured, or is undefined.
 */
export async function measurePages(root, pythons, { only = [], isFresh = false } = {}) {
  const all = await readPages(root);
  const pages = all.filter(page => only.length === 0 || namesOne(page, only));
  const unknown = only.filter(name => !pages.some(page => namesOne(page, [name])));
  if (unknown.length > 0) throw new Error(`no measure block: ${unknown.join(", ")}`);
  const blocks = pages.flatMap(page => page.blocks.map(block => ({ page, block })));
  const hasPackages = blocks.some(({ block }) => block.needs.length > 0);
  const withPackages = hasPackages ? await packagePython(pythons) : {};
  const jobs = blocks.flatMap(({ page, block }) => {
    const used = block.needs.length > 0 ? [withPackages] : pythons;
    return used.filter(one => !one.problem).map(python => ({ page, block, python }));
  });
  const results = await twoAtOnce(jobs, job => measureOne(job, { root, isFresh }));
  return { pages, results, skipped: withPackages.problem };
}

function namesOne(page, names) {
  return names.includes(page.rule) || names.includes(page.code);
}

async function measureOne({ page, block, python }, options) {
  const { needs, code } = block;
  const minor = `3.${python.minor}`;
  const pins = pinnedPackages();
  const missing = needs.filter(name => !pins.some(pin => pin.name === name));
  const versions = pins.filter(pin => needs.includes(pin.name));
  const label = [`Python ${minor}`, ...versions.map(pin => `${pin.name} ${pin.version}`)].join(
    ", ",
  );
  const result = { page, block, python, label };
  if (missing.length > 0) return { ...result, problems: [`not pinned: ${missing.join(", ")}`] };
  const interpreter = python.interpreter ?? python.executable;
  try {
    const measured = await measureBlock(code, { ...python, interpreter }, options);
    return { ...result, measured, problems: problemsOf(block, minor, measured, page) };
  } catch (error) {
    return { ...result, problems: [error.message] };
  }
}

async function twoAtOnce(items, work) {
  const results = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return results;
}
