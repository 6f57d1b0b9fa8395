import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { bridge } from "./support/bridge";

/** What the runner outside reads when the tests are over. */
interface Results {
  passed: number;
  failed: number;
  skipped: number;
  /** Lines for people: each failure with its error. */
  lines: string[];
}

/** VS Code calls this in the extension host; it resolves when all tests passed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: "bdd",
    timeout: 90_000,
    reporter: Silent,
    rootHooks: { afterEach: pictureOfFailure },
  });
  const grep = process.env["MEMORY_INSIGHTS_TEST_GREP"];
  if (grep) mocha.grep(grep);
  // The bundles of the test files lie beside this one.
  const files = readdirSync(__dirname).filter(file => file.endsWith(".test.js"));
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  const results = await runMocha(mocha);
  const file = process.env["MEMORY_INSIGHTS_TEST_RESULTS"];
  if (file) writeFileSync(file, JSON.stringify(results));
  if (results.failed > 0) throw new Error(`${results.failed} host tests failed`);
}

async function pictureOfFailure(this: Mocha.Context): Promise<void> {
  const test = this.currentTest;
  if (test?.state !== "failed") return;
  await bridge?.screenshot(`failed-${test.fullTitle().replace(/[^a-z0-9]+/gi, "-")}`);
}

/** The runner outside prints; a reporter in here would draw into VS Code's log. */
class Silent extends Mocha.reporters.Base {}

function runMocha(mocha: Mocha): Promise<Results> {
  const results: Results = { passed: 0, failed: 0, skipped: 0, lines: [] };
  return new Promise(resolve => {
    const runner = mocha.run(() => resolve(results));
    runner.on("pass", test => {
      results.passed++;
      say(`  ✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on("pending", test => {
      results.skipped++;
      say(`  - ${test.fullTitle()}`);
    });
    runner.on("fail", (test, error: unknown) => {
      results.failed++;
      const text = `  ✖ ${test.fullTitle()}\n${describeError(error)}`;
      results.lines.push(text);
      say(text);
    });
  });
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\nbecause: ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

/** VS Code mixes its own lines into the console; the runner shows those that carry the mark. */
function say(text: string): void {
  console.log(`[test] ${text}`);
}
