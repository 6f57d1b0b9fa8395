// npm run measure: runs the measure blocks in the pages of rules and docs, and writes their figures.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeResult } from "./measure/describe.mjs";
import { problemsOf } from "./measure/judge.mjs";
import { measurePages } from "./measure/measure-pages.mjs";
import { readBlocks, writeTables } from "./measure/pages.mjs";
import { runMain, stopAllOnSignals } from "./processes.mjs";
import { findPythons } from "./python.mjs";

const help = `npm run measure [-- --only=RULE,RULE]

Runs \`bad\` and \`fixed\` of each measure block in the pages of rules and docs, each in a fresh
interpreter under tracemalloc, on every Python found, and writes the figures into the pages.

  --only=NAME,...   only the pages of these rules, by name or code; or pages of docs
  --fresh           measure anew what was measured before
  --check           write nothing; fail where a page's figures are not true

A block opens with \`\`\`python measure peak|retained [needs numpy pandas]. What stands before the
functions runs before tracing begins.
`;

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      fresh: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(help);
  const only = values.only?.flatMap(names => names.split(","));
  const options = { only, isFresh: values.fresh };
  const { pages, results, skipped } = await measurePages(root, await findPythons(), options);
  if (skipped) console.error(`blocks that need packages were not measured: ${skipped}`);
  const checked = values.check ? results : await writeFigures(pages, results);
  for (const result of checked) console.log(describeResult(result));
  if (checked.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

/** Writes the tables, and judges the figures by them. */
async function writeFigures(pages, results) {
  const judged = [];
  for (const page of pages) {
    const ofBlock = block => results.filter(result => result.block === block && result.measured);
    const blocks = await writePage(page, page.blocks.map(ofBlock).map(rowsOf));
    for (const result of results.filter(each => each.page === page)) {
      const { block, python, measured, problems } = result;
      const now = blocks[page.blocks.indexOf(block)];
      const found = measured ? problemsOf(now, `3.${python.minor}`, measured, page) : problems;
      judged.push({ ...result, problems: found });
    }
  }
  return judged;
}

/** Writes into the page as it is now, which may have been edited while it was measured. */
async function writePage(page, figures) {
  const current = (await readFile(page.path, "utf8")).replaceAll("\r\n", "\n");
  const codes = readBlocks(current).map(block => block.code);
  if (codes.join("\0") !== page.blocks.map(block => block.code).join("\0")) {
    throw new Error(`${page.path} has changed while it was measured; run this again`);
  }
  const text = writeTables(current, figures);
  if (text !== current) await writeFile(page.path, text);
  return readBlocks(text);
}

function rowsOf(results) {
  return results.map(({ label, block: { claim }, measured: { bad, fixed } }) => {
    return { label, bad: bad[claim], fixed: fixed[claim] };
  });
}

stopAllOnSignals();
await runMain(main);
