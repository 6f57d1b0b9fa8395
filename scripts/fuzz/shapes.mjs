// Texts of one shape each, in a process of its own: how their time compares with ordinary code.
import { run } from "../processes.mjs";

const mostTimesOrdinary = 3;

/** Gives the rows of a table, and the shapes that failed or took more than their share. */
export async function measureShapes(bundle) {
  const listed = await run(process.execPath, [bundle]);
  const [ordinary, ...shapes] = JSON.parse(listed.stdout);
  const basis = await measure(bundle, ordinary, ordinary.largest);
  if (!basis) throw new Error("ordinary code could not be measured");
  const rows = [row(ordinary, basis, basis)];
  const late = [];
  for (const shape of shapes) {
    let measured = await measure(bundle, shape);
    // What else the machine does is no fault of the shape.
    if (!measured || times(measured, basis) > mostTimesOrdinary) {
      measured = (await measure(bundle, shape)) ?? measured;
    }
    rows.push(measured ? row(shape, measured, basis) : [shape.name, shape.largest, "", "failed"]);
    if (!measured || times(measured, basis) > mostTimesOrdinary) late.push(shape.name);
  }
  return { rows: rows.map(cells => Array.from({ length: 6 }, (_, i) => cells[i] ?? "")), late };
}

async function measure(bundle, { name, largest }) {
  const result = await run(process.execPath, [bundle, name, String(largest)], {
    timeoutMs: 300_000,
  });
  if (result.code === 0) return JSON.parse(result.stdout);
  console.error(`${name}: ended with ${result.code}\n${result.stderr.slice(0, 1500)}`);
  return null;
}

function times(measured, basis) {
  return measured.ms / measured.length / (basis.ms / basis.length);
}

function row({ name, largest }, measured, basis) {
  const { length, ms } = measured;
  const figures = [
    (length / 1e6).toFixed(1),
    (ms / 1000).toFixed(2),
    ((ms * 1e6) / length).toFixed(0),
  ];
  return [name, largest, ...figures, times(measured, basis).toFixed(2)];
}
