// Texts of one shape each, in a process of its own: whether each keeps to its share of time, and
// whether its time grows faster than the text.
import { run } from "../processes.mjs";

/** Four times the text may take four times as long, and some more for what machines do besides. */
const mostGrowth = 2;
/** Below this, compiling and collecting are most of it, and growth tells nothing. */
const leastMs = 100;

/** Gives the rows of a table, and the shapes that failed, took too long or grew too fast. */
export async function measureShapes(bundle, budget) {
  const listed = await run(process.execPath, [bundle]);
  const rows = [];
  const late = [];
  for (const shape of JSON.parse(listed.stdout)) {
    let measured = await measure(bundle, shape, budget);
    // What else the machine does is no fault of the shape.
    if (!isWithin(measured)) measured = (await measure(bundle, shape, budget)) ?? measured;
    if (!isWithin(measured)) late.push(shape.name);
    rows.push(
      measured ? row(shape, measured) : [shape.name, shape.largest, "", "failed", "", "", ""],
    );
  }
  return { rows, late };
}

async function measure(bundle, { name, largest }, { leastMs: floor, msPer100kB }) {
  const result = await run(process.execPath, [bundle, name, String(largest)], {
    timeoutMs: 300_000,
  });
  if (result.code !== 0) {
    console.error(`${name}: ended with ${result.code}\n${result.stderr.slice(0, 1500)}`);
    return null;
  }
  const { quarter, whole } = JSON.parse(result.stdout);
  const share = whole.ms / Math.max(floor, (whole.length / 100_000) * msPer100kB);
  return { ...whole, share, growth: perCharacter(whole) / perCharacter(quarter) };
}

function perCharacter({ ms, length }) {
  return ms / length;
}

function isWithin(measured) {
  if (!measured) return false;
  const { ms, share, growth } = measured;
  return share <= 1 && (ms < leastMs || growth <= mostGrowth);
}

function row({ name, largest }, { length, ms, share, growth }) {
  return [
    name,
    largest,
    (length / 1e6).toFixed(1),
    (ms / 1000).toFixed(2),
    (perCharacter({ ms, length }) * 1e6).toFixed(0),
    `${(share * 100).toFixed(0)} %`,
    growth.toFixed(2),
  ];
}
