// Tries one input after another in a thread of its own, so that a hang can be ended from outside.
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { analyzeText } from "#analyzer";
import { decodePython } from "../../src/cli/python-text";
import { allRules, checkEdits, checkFixes, checkSpans } from "./checks";
import { type FuzzInput, makeInput, type Texts } from "./inputs";

/** What the script asks of the thread. */
interface Task {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly files: readonly string[];
  /** The rules' pages, whose samples the rules speak of. */
  readonly pages: readonly string[];
  /** Where the number of the input at work stands for the script to see. */
  readonly at: SharedArrayBuffer;
  /** True when an input is only to be given back, since trying it hangs. */
  readonly isDump: boolean;
  readonly budget: { readonly leastMs: number; readonly msPer100kB: number };
}

const task = workerData as Task;
const at = new Int32Array(task.at);
const files = textsOf(task.files, decoded);
const pages = textsOf(task.pages, path =>
  [...readFileSync(path, "utf8").matchAll(/```python[^\n]*\n(.*?)```/gs)].map(m => m[1]).join("\n"),
);
const total = { inputs: 0, characters: 0, findings: 0, broken: 0, edits: 0, fixed: 0, slowest: 0 };

for (let index = task.from; index < task.to; index++) {
  const input = makeInput(task.seed, index, files, pages);
  Atomics.store(at, 0, index);
  if (task.isDump) parentPort?.postMessage({ kind: "input", index, input });
  else attempt(index, input);
  if (index % 100 === 99) parentPort?.postMessage({ kind: "progress", total: { ...total } });
}
parentPort?.postMessage({ kind: "progress", total });

function textsOf(paths: readonly string[], read: (path: string) => string): Texts {
  const texts = new Map<number, string>();
  return {
    count: paths.length,
    textAt(index) {
      const text = texts.get(index) ?? read(paths[index] ?? "");
      if (texts.size > 2000) texts.clear();
      texts.set(index, text);
      return text;
    },
  };
}

function decoded(path: string): string {
  const result = decodePython(readFileSync(path));
  return result.kind === "text" ? result.text : "";
}

function attempt(index: number, input: FuzzInput): void {
  try {
    tryInput(input);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ kind: "failure", index, input, reason });
  }
}

function tryInput({ text, edits, hasFixes }: FuzzInput): void {
  const limit = Math.max(task.budget.leastMs, (task.budget.msPer100kB * text.length) / 100_000);
  let { analysis, ms } = timed(text);
  // What else the machine does, and the compiler, are no fault of the input.
  if (ms > limit) ({ analysis, ms } = timed(text));
  if (ms > limit) throw new Error(`${ms.toFixed(0)} ms of processor time, not ${limit.toFixed(0)}`);
  checkSpans(text, analysis);
  if (edits.length > 0) checkEdits(text, edits);
  if (hasFixes) checkFixes(text, analysis);
  total.inputs++;
  total.characters += text.length;
  total.findings += analysis.findings.length;
  if (analysis.isBroken) total.broken++;
  total.edits += edits.length;
  if (hasFixes) total.fixed++;
  total.slowest = Math.max(total.slowest, ms / limit);
}

function timed(text: string) {
  const before = process.cpuUsage();
  const analysis = analyzeText(text, allRules);
  const { user, system } = process.cpuUsage(before);
  return { analysis, ms: (user + system) / 1000 };
}
