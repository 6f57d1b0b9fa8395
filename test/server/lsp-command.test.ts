import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { until } from "./language-client";
import { frame, PlainClient } from "./plain-client";

const bad = "total = sum([x * 2 for x in rows])\n";
const uri = "untitled:app.py";

/** The command as it ships, spoken to by a client that shares no code with it. */
describe("memory-insights lsp", function () {
  this.timeout(60_000);
  let client: PlainClient;
  const folder = mkdtempSync(join(tmpdir(), "memory-insights-lsp-"));
  before(function () {
    // Present after a build, which `npm test` makes first.
    if (!existsSync("dist/server.js")) this.skip();
  });
  beforeEach(() => {
    client = new PlainClient(process.execPath, ["dist/cli.js", "lsp"]);
  });
  afterEach(() => client.kill());
  after(() => rmSync(folder, { recursive: true }));

  const initialize = async (capabilities: object, more: object = {}) => {
    const answer = await client.request("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities,
      ...more,
    });
    client.notify("initialized", {});
    return answer.result as { readonly capabilities: Record<string, unknown> };
  };
  const open = (text: string) =>
    client.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "python", version: 1, text },
    });
  const pull = async () => {
    const answer = await client.request("textDocument/diagnostic", { textDocument: { uri } });
    return (answer.result as { readonly items: readonly { code: string }[] }).items;
  };

  it("answers, and ends with 0 when it was shut down", async () => {
    const { capabilities } = await initialize({ textDocument: { diagnostic: {} } });
    assert.deepEqual(capabilities["textDocumentSync"], { openClose: true, change: 2, save: true });
    open(bad);
    assert.deepEqual(
      (await pull()).map(({ code }) => code),
      ["MEM101"],
    );
    const shutdown = await client.request("shutdown");
    assert.equal(shutdown.result, null);
    client.notify("exit");
    assert.equal(await client.ended(), 0);
  });

  it("ends with 1 when it is told to exit without a shutdown", async () => {
    await initialize({});
    client.notify("exit");
    assert.equal(await client.ended(), 1);
  });

  it("ends with 1 when its editor goes away", async () => {
    await initialize({});
    client.hangUp();
    assert.equal(await client.ended(), 1);
  });

  it("refuses requests before it is initialized, and after a shutdown", async () => {
    const early = await client.request("textDocument/diagnostic", { textDocument: { uri } });
    assert.equal(early.error?.code, -32002);
    await initialize({});
    await client.request("shutdown");
    const late = await client.request("textDocument/diagnostic", { textDocument: { uri } });
    assert.ok(late.error);
  });

  it("sends diagnostics to a client that cannot ask, and nothing that it does not know", async () => {
    await initialize({});
    open(bad);
    await until("diagnostics", () => client.notifications.length > 0);
    const methods = new Set(client.notifications.map(({ method }) => method));
    assert.deepEqual([...methods], ["textDocument/publishDiagnostics"]);
  });

  it("reports the files of a folder on disk", async () => {
    writeFileSync(join(folder, "one.py"), bad);
    const folderUri = pathToFileURL(folder).href;
    await initialize(
      { textDocument: { diagnostic: {} } },
      { workspaceFolders: [{ uri: folderUri, name: "folder" }] },
    );
    const answer = await client.request("workspace/diagnostic", { previousResultIds: [] });
    const { items } = answer.result as { items: { uri: string; items: object[] }[] };
    assert.deepEqual(
      items.map(item => [item.uri, item.items.length]),
      [[`${folderUri}/one.py`, 1]],
    );
  });

  it("outlives hostile messages", async () => {
    await initialize({ textDocument: { diagnostic: {} } });
    const hostile: readonly unknown[] = [
      { method: "textDocument/didOpen", params: { textDocument: null } },
      { method: "textDocument/didOpen" },
      { method: "textDocument/didOpen", params: [1, 2, 3] },
      { method: "textDocument/didChange", params: { textDocument: { uri }, contentChanges: 7 } },
      { method: "textDocument/didClose", params: "x" },
      { method: "notebookDocument/didOpen", params: { notebookDocument: { uri: 1, cells: null } } },
      { method: "notebookDocument/didChange", params: { notebookDocument: {}, change: [] } },
      { method: "workspace/didChangeConfiguration", params: { settings: [[[]]] } },
      { method: "workspace/didChangeWorkspaceFolders", params: {} },
      { method: "workspace/didChangeWatchedFiles", params: { changes: "all" } },
      { method: "$/cancelRequest", params: { id: "never" } },
      { method: "no/such/notification", params: {} },
      { id: 1e6, method: "no/such/request" },
      { id: 1e6 + 1, method: "codeAction/resolve", params: { data: { kind: "fixAll", uri: 3 } } },
      { id: 1e6 + 2, method: "textDocument/codeAction", params: { range: null } },
      { id: 1e6 + 3, method: "workspace/diagnostic", params: {} },
      { id: 999_999, result: "an answer that nobody asked for" },
    ];
    for (const message of hostile) client.send(message as object);
    client.write(frame("{ this is no JSON"));
    open(bad);
    const place = (line: number, character: number) => ({ line, character });
    const ranges = [
      { start: place(-1, -5), end: place(-1, 0) },
      { start: place(1e9, 1e9), end: place(0, 0) },
      { start: place(0, 5), end: place(0, 1) },
    ];
    client.notify("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: ranges.map(range => ({ range, text: "" })),
    });
    assert.deepEqual(
      (await pull()).map(({ code }) => code),
      ["MEM101"],
    );
  });
});
