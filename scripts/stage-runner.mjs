// Runs stages side by side as far as their needs and the machine's cores allow.
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";

/** Thrown by a stage that cannot run here; its message says why. */
export class Skipped extends Error {}

/** Thrown by a stage that failed as a whole, with what there is to read about it. */
export class Failed extends Error {
  constructor(message, output = "") {
    super(message);
    this.output = output;
  }
}

/**
 * A stage is `{ name, needs, cores, run }`. `needs` names stages that must have been successful;
 * `run(say)` returns `{ passed, failed, skipped, output, note }`, all but `passed` optional, or
 * throws `Skipped` or `Failed`. A stage with `silent: true` prepares something for others and
 * counts only when it fails.
 */
export async function runStages(stages, print, cores = Math.max(2, availableParallelism())) {
  const results = new Map();
  const waiting = [...stages];
  const running = new Map();
  let free = cores;
  while (waiting.length > 0 || running.size > 0) {
    for (const stage of waiting.filter(one => isReady(one, stages, results))) {
      const width = Math.min(stage.cores ?? 1, cores);
      if (width > free) {
        // A wide stage waits for room; narrow ones behind it must not keep it waiting for ever.
        if (width > 1) break;
        continue;
      }
      free -= width;
      waiting.splice(waiting.indexOf(stage), 1);
      const done = runStage(stage, results, print).then(result => {
        results.set(stage.name, result);
        running.delete(stage.name);
        free += width;
      });
      running.set(stage.name, done);
    }
    await Promise.race(running.values());
  }
  return results;
}

function isReady({ needs = [] }, stages, results) {
  const known = new Set(stages.map(stage => stage.name));
  return needs.every(name => !known.has(name) || results.has(name));
}

async function runStage(stage, results, print) {
  const began = performance.now();
  const result = { name: stage.name, passed: 0, failed: 0, skipped: 0, output: "" };
  const missing = (stage.needs ?? []).map(name => results.get(name)).find(one => one?.problem);
  try {
    if (missing?.failed) throw new Failed(`not run, because ${missing.name} failed`);
    if (missing) throw new Skipped(missing.problem);
    Object.assign(result, await stage.run(line => print(`… ${stage.name}: ${line}`)));
  } catch (error) {
    result.problem = error.message;
    result.output ||= error.output ?? "";
    if (error instanceof Skipped) result.skipped = stage.silent ? 0 : 1;
    else result.failed ||= 1;
    if (!(error instanceof Skipped) && !(error instanceof Failed)) result.output ||= error.stack;
  }
  if (result.failed > 0) result.problem ??= `${result.failed} failed`;
  result.seconds = (performance.now() - began) / 1000;
  printResult(stage, result, print);
  return result;
}

function printResult(stage, result, print) {
  const seconds = `${result.seconds.toFixed(1)} s`;
  const counts = ["passed", "failed", "skipped"]
    .filter(kind => result[kind] > 0)
    .map(kind => `${result[kind]} ${kind}`)
    .join(", ");
  const head = [stage.name.padEnd(14), seconds.padStart(8)].join(" ");
  if (result.failed > 0) {
    print(`✖ ${head}  ${counts}${result.passed ? "" : `: ${result.problem}`}`);
    const lines = result.output
      .trimEnd()
      .split("\n")
      .filter((line, i, all) => all.length > 1 || line);
    for (const line of lines) print(`    ${line}`);
  } else if (result.problem) {
    if (!stage.silent) print(`- ${head}  SKIPPED: ${result.problem}`);
  } else {
    print(`✔ ${head}  ${[counts, result.note].filter(Boolean).join("; ")}`.trimEnd());
  }
}
