// Analyses the text of one shape in a process of its own: `shapes.cjs NAME COUNT`. Writes JSON.
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
  const text = shape.write(Number(count));
  // Until the compiler has seen the code; what it costs then is what a server sees.
  const small = shape.write(Math.ceil(Number(count) / 50));
  for (let left = 3; left > 0; left--) analyzeText(small, allRules);
  const before = process.cpuUsage();
  const { findings, isBroken } = analyzeText(text, allRules);
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  console.log(JSON.stringify({ length: text.length, ms, findings: findings.length, isBroken }));
}
