// From a keystroke to the findings, through the language servers, ours and Ruff's by turns.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageClient, ownServer } from "./language-client.mjs";
import { median, table, times } from "./tables.mjs";

const ruffRules = ["B006", "B019", "C419", "FURB129", "PERF401", "PERF402", "SIM115"];

/**
 * @param texts `{ name, text }` of each file
 * @returns the table as text; `ruff` is Ruff's program, `spots` how many places are typed at
 */
export async function benchEdits({ root, ruff, texts, spots }) {
  const rows = [
    ["file", "lines", "ours p50", "p95", "Ruff p50", "p95", "ours to Ruff, p50", "p95"],
  ];
  for (const { name, text } of texts) {
    const servers = await startBoth(root, ruff);
    const figures = await typeInto(servers, { name, text, spots });
    for (const { client } of servers) await client.stop();
    const [own, peer] = figures;
    rows.push([
      name,
      text.split("\n").length,
      ms(median(own)),
      ms(at95(own)),
      ms(median(peer)),
      ms(at95(peer)),
      times(median(own) / median(peer)),
      times(at95(own) / at95(peer)),
    ]);
  }
  return table(rows);
}

async function startBoth(root, ruff) {
  const own = ownServer(root);
  const peer = new LanguageClient(ruff, ["server"]);
  await own.start(root, {});
  await peer.start(root, {
    settings: { lint: { select: ruffRules, preview: true }, configurationPreference: "editorOnly" },
  });
  return [{ client: own }, { client: peer }];
}

/** Types a line, character by character, at places all over the file; gives the times of each server. */
async function typeInto(servers, { name, text, spots }) {
  const uri = pathToFileURL(join(process.cwd(), name)).href;
  for (const { client } of servers) {
    client.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "python", version: 1, text },
    });
    await client.request("textDocument/diagnostic", { textDocument: { uri } });
  }
  const lines = text.split("\n");
  const places = lines.flatMap((line, row) => (/^ +return\b/.test(line) ? [row] : []));
  const step = Math.max(1, Math.floor(places.length / spots));
  const figures = servers.map(() => []);
  let version = 1;
  for (const row of places.filter((_, index) => index % step === 0).slice(0, spots)) {
    const indent = /^ */.exec(lines[row])[0].length;
    const typed = `${" ".repeat(indent)}total = sum([x for x in rows])\n`;
    let [line, character] = [row, 0];
    for (const letter of typed) {
      const range = { start: { line, character }, end: { line, character } };
      version++;
      await change({ range, text: letter });
      [line, character] = letter === "\n" ? [line + 1, 0] : [line, character + 1];
    }
    version++;
    const all = { start: { line: row, character: 0 }, end: { line: row + 1, character: 0 } };
    await change({ range: all, text: "" });
  }
  return figures;

  async function change(contentChange) {
    for (const [index, { client }] of servers.entries()) {
      const start = performance.now();
      client.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [contentChange],
      });
      await client.request("textDocument/diagnostic", { textDocument: { uri } });
      figures[index].push(performance.now() - start);
    }
  }
}

/** The texts to type into: real files of about 600, 5 600 and 20 000 lines, and pandas' frame.py. */
export async function textsToEdit({ heapq, elements, others, frame }) {
  const read = async (label, ...paths) => ({
    name: label,
    text: (await Promise.all(paths.map(path => readFile(path, "utf8")))).join("\n"),
  });
  return [
    await read("heapq.py", heapq),
    await read("elements.py", elements),
    await read("three_modules.py", elements, ...others),
    await read("frame.py", frame),
  ];
}

function ms(value) {
  return `${value.toFixed(1)} ms`;
}

function at95(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * 0.95)];
}
