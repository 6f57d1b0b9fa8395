// Analyses the text of one shape in a process of its own, and one of a quarter of its pieces before
// it: `shapes.cjs NAME COUNT`. Writes JSON.
import { analyzeText } from "#analyzer";
import { allRules } from "./checks";
import { nestedShapes, ordinary, wideShapes } from "./shapes";

const shapes = [ordinary, ...nestedShapes, ...wideShapes];
const [name, count] = process.argv.slice(2);

if (name === undefined) {
  console.log(JSON.stringify(shapes.map(shape => ({ name: shape.name, largest: shape.largest }))));
} else {
  const shape = shapes.find(each => each.name === name);
  if (!shape) throw new Error(`no shape is called ${name}`);
  const whole = shape.write(Number(count));
  const quarter = shape.write(Math.ceil(Number(count) / 4));
  // Until the compiler has seen the code; what it costs then is what a server sees.
  const small = shape.write(Math.ceil(Number(count) / 50));
  for (const each of [small, small, quarter]) analyzeText(each, allRules);
  console.log(JSON.stringify({ quarter: timed(quarter), whole: timed(whole) }));
}

function timed(text: string): { readonly length: number; readonly ms: number } {
  const before = process.cpuUsage();
  analyzeText(text, allRules);
  const { user, system } = process.cpuUsage(before);
  return { length: text.length, ms: (user + system) / 1000 };
}
