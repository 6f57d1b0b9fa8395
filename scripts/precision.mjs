// npm run precision: draws findings of the default rules at random from real code, each with the
// source around it, for a reader to judge. The last judgement is in test/precision/results.md.
import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runMain, runOrFail, stopAllOnSignals } from "./processes.mjs";

const help = `npm run precision -- [--seed=N] [--count=200] [--most=12] PATH...

Checks the folders with the default rules, and prints a random sample of what is found with 15
lines of source each. The same seed, version and code draw the same sample.

  --seed=N      whole number that the draw begins with (default: 1)
  --count=N     how many findings to draw (default: 200)
  --most=N      at most so many of one rule, so that rules which find much do not crowd out the
                others (default: 12)
  --cli=FILE    this build of the command line instead of a new one
`;

const root = fileURLToPath(new URL("..", import.meta.url));

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "200" },
      most: { type: "string", default: "12" },
      cli: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(help);
  if (positionals.length === 0) throw new Error(help);
  const [seed, count, most] = [values.seed, values.count, values.most].map(wholeNumber);
  const cli = await builtCli(values.cli);
  const findings = [];
  for (const path of positionals) findings.push(...(await findingsIn(cli, path)));
  const drawn = draw(findings, { seed, count, most });
  for (const [at, finding] of drawn.entries()) console.log(await textOf(finding, at + 1));
  console.error(`${drawn.length} of ${findings.length} findings, seed ${seed}`);
}

function wholeNumber(text) {
  if (!/^\d+$/.test(text)) throw new Error(`not a whole number: ${text}`);
  return Number(text);
}

async function builtCli(path) {
  if (path) return resolve(path);
  await runOrFail(process.execPath, ["esbuild.js"], { cwd: root });
  return join(root, "dist/cli.js");
}

/** What the default rules find in a folder, whatever it configures; in the order of the files. */
async function findingsIn(cli, path) {
  const folder = resolve(path);
  const args = ["check", "--isolated", "--no-cache", "--exit-zero", "--format", "json", folder];
  const { stdout } = await runOrFail(process.execPath, [cli, ...args]);
  return JSON.parse(stdout).map(({ code, name, filename, location, message, severity }) => {
    const place = join(basename(folder), relative(folder, filename)).replaceAll("\\", "/");
    return { code, name, filename, place, ...location, message, severity };
  });
}

/** Shuffles all findings, and takes from the front what its rule still has room for. */
function draw(findings, { seed, count, most }) {
  const taken = new Map();
  const drawn = shuffled(findings, randomFrom(seed)).filter(({ code }) => {
    const sofar = taken.get(code) ?? 0;
    taken.set(code, sofar + 1);
    return sofar < most;
  });
  return drawn.slice(0, count).sort((a, b) => compare(a.code, b.code) || compare(a.place, b.place));
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

function shuffled(items, random) {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** A generator of numbers from 0 up to 1 (mulberry32), the same ones for the same seed. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function textOf(finding, number) {
  const { code, name, severity, place, row, column, message, filename } = finding;
  const lines = (await readFile(filename, "utf8")).split(/\r\n|\r|\n/);
  const first = Math.max(row - 8, 0);
  const source = lines
    .slice(first, first + 15)
    .map((line, at) => `${first + at + 1 === row ? ">" : " "} ${first + at + 1} ${line}`);
  const inTests = isOfTests(place) ? " [tests]" : "";
  const head = `${number}. ${code} ${name} (${severity}) ${place}:${row}:${column}${inTests}`;
  return [head, message, ...source, ""].join("\n");
}

/** Code of a package's own tests: it counts, but less hangs on it. */
function isOfTests(place) {
  return /(^|\/)(tests?|testing)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py/.test(place);
}

stopAllOnSignals();
await runMain(main);
