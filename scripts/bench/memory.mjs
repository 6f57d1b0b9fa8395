// What the language server takes with all files of a package open, and whether edits add to it.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ownServer } from "./language-client.mjs";
import { mebibytes, table } from "./tables.mjs";

const edits = 10_000;

/** @returns the table as text; `folder` holds the Python files that are opened */
export async function benchMemory({ root, folder }) {
  const client = ownServer(root);
  await client.start(root, {});
  const rows = [["state of the server", "RSS"]];
  const note = async state => rows.push([state, mebibytes(await residentBytes(client.pid))]);
  await note("started");
  const names = (await readdir(folder, { recursive: true })).filter(name => name.endsWith(".py"));
  for (const name of names) await open(client, join(folder, name));
  await note(`${names.length} files open`);
  const uri = pathToFileURL(join(folder, "core", "series.py")).href;
  const position = { line: 200, character: 0 };
  for (let index = 0; index < edits; index++) {
    // A letter, and away with it again.
    const isTyped = index % 2 === 0;
    const end = isTyped ? position : { ...position, character: 1 };
    client.notify("textDocument/didChange", {
      textDocument: { uri, version: index + 2 },
      contentChanges: [{ range: { start: position, end }, text: isTyped ? "x" : "" }],
    });
    await client.request("textDocument/diagnostic", { textDocument: { uri } });
    if (index + 1 === edits / 2) await note(`after ${edits / 2} edits`);
  }
  await note(`after ${edits} edits`);
  await client.stop();
  return table(rows);
}

async function open(client, path) {
  const uri = pathToFileURL(path).href;
  const text = await readFile(path, "utf8");
  client.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "python", version: 1, text },
  });
  await client.request("textDocument/diagnostic", { textDocument: { uri } });
}

/** Resident memory of a process; Linux only, as the benchmark of the probe is. */
async function residentBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) * 1024;
}
