// The measure blocks of rule pages: read from a page, and their tables written into it.
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { table } from "../bench/tables.mjs";
import { formatBytes, parseBytes } from "./sizes.mjs";

const blockPattern =
  /^```python measure\b(?<info>.*)\n(?<code>[^]*?)^```$(?:\n+<!-- measured -->\n(?<written>[^]*?)<!-- \/measured -->$)?/gm;
const rowPattern = /^\| Python (?<python>\d+\.\d+).*? \| (?<bad>[^|]+) \| (?<fixed>[^|]+) \|$/gm;
const heads = { peak: "Peak, by tracemalloc", retained: "Kept, by tracemalloc" };

/**
 * The pages of a checkout that have measure blocks as `{ path, rule, code, blocks, mustGain }`,
 * sorted; see `readBlocks`. What a rule mends must give something; docs measure advice of any kind.
 */
export async function readPages(root) {
  const rules = await pagesBelow(join(root, "src", "rules"));
  const docs = await pagesBelow(join(root, "docs"));
  const all = [
    ...rules.map(page => ({ ...page, mustGain: true })),
    ...docs.map(page => ({ ...page, mustGain: false })),
  ];
  return all.filter(page => page.blocks.length > 0);
}

async function pagesBelow(folder) {
  const names = readdirSync(folder, { recursive: true }).filter(name => name.endsWith(".md"));
  return Promise.all(
    names.sort().map(async name => {
      const path = join(folder, name);
      const text = (await readFile(path, "utf8")).replaceAll("\r\n", "\n");
      const code = /^# .*\((\w+)\)$/m.exec(text)?.[1];
      return { path, rule: basename(name, ".md"), code, blocks: readBlocks(text) };
    }),
  );
}

/**
 * The measure blocks of a page in order, as `{ line, claim, needs, code, rows }`: `line` is 1-based,
 * `claim` is `peak` or `retained`, `needs` names packages, and `rows` holds `{ bad, fixed }` in bytes
 * by Python (`"3.13"`), as the table says, or is undefined where the page has no markers.
 *
 * @throws Error where the info words are unknown
 */
export function readBlocks(text) {
  return [...text.matchAll(blockPattern)].map(({ index, groups: { info, code, written } }) => {
    const line = text.slice(0, index).split("\n").length;
    const [claim, word, ...needs] = info.trim().split(/\s+/);
    if (!(claim in heads) || (word ?? "needs") !== "needs") {
      throw new Error(`line ${line}: not "measure peak|retained [needs PACKAGE…]": measure${info}`);
    }
    return { line, claim, needs, code, rows: written === undefined ? undefined : rowsOf(written) };
  });
}

function rowsOf(written) {
  const rows = [...written.matchAll(rowPattern)].map(({ groups: { python, bad, fixed } }) => [
    python,
    { bad: parseBytes(bad), fixed: parseBytes(fixed) },
  ]);
  return new Map(rows);
}

/**
 * Writes the tables of a page anew; adds the markers where there are none. `figures[i]` belongs to
 * block i: rows of `{ label, bad, fixed }` in bytes, or none, and then the block stays as it is.
 */
export function writeTables(text, figures) {
  let index = 0;
  return text.replace(blockPattern, (whole, ...rest) => {
    const { info, code } = rest.at(-1);
    const rows = figures[index++];
    if (!rows?.length) return whole;
    const head = [heads[info.trim().split(/\s+/)[0]], "before", "after"];
    const cells = rows.map(({ label, bad, fixed }) => [
      label,
      formatBytes(bad),
      formatBytes(fixed),
    ]);
    const block = `\`\`\`python measure${info}\n${code}\`\`\``;
    // A blank line on each side: Markdown has no table right after a comment.
    return `${block}\n\n<!-- measured -->\n\n${table([head, ...cells])}\n\n<!-- /measured -->`;
  });
}
