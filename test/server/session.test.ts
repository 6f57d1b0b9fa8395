import assert from "node:assert/strict";
import { rules } from "#rules";
import {
  CancellationTokenSource,
  type ConfigurationItem,
  type Diagnostic,
  LSPErrorCodes,
} from "vscode-languageserver/node";
import { memoryHost, pulling, sessionsOfTests, until } from "./language-client";
import { placesOf, range } from "./support";

const uri = "file:///project/app.py";
const bad = "total = sum([x * 2 for x in rows])\n";

describe("language server", () => {
  const start = sessionsOfTests();

  it("shows a finding with its code, page, severity and source", async () => {
    const session = await start();
    await session.open(uri, bad);
    assert.deepEqual(await session.pull(uri), [
      {
        range: range(0, 12, 0, 33),
        severity: 2,
        code: "MEM101",
        codeDescription: { href: "file:///rules/list-built-for-reduction.md" },
        source: "Memory Insights",
        message: "`sum` reads this list once; a generator holds one element at a time",
        data: { name: "list-built-for-reduction", fix: "safe", peers: peersOf("MEM101") },
      },
    ] satisfies Diagnostic[]);
  });

  it("points to a rule's page under the scheme that its client has for pages", async () => {
    const session = await start({
      capabilities: pulling,
      initializationOptions: { rulePageScheme: "pages" },
    });
    await session.open(uri, bad);
    const [diagnostic] = await session.pull(uri);
    assert.equal(diagnostic?.codeDescription?.href, "pages:/list-built-for-reduction.md");
  });

  it("follows edits, each of which speaks of the text after the one before", async () => {
    const session = await start();
    await session.open(uri, "a = 1\n");
    await session.change(uri, 2, [
      { range: range(0, 0, 1, 0), text: "" },
      { range: range(0, 0, 0, 0), text: "\nany(x for x in y)\n" },
      { range: range(1, 4, 1, 4), text: "[" },
      { range: range(1, 17, 1, 17), text: "]" },
    ]);
    assert.deepEqual(placesOf(await session.pull(uri)), ["MEM101 1:4-1:18"]);
    await session.change(uri, 3, [{ text: "pass\n" }]);
    assert.deepEqual(await session.pull(uri), []);
  });

  it("answers a second pull with unchanged when nothing changed", async () => {
    const session = await start();
    await session.open(uri, bad);
    const pull = (previousResultId?: string) =>
      session.connection.sendRequest<{ kind: string; resultId: string }>(
        "textDocument/diagnostic",
        {
          textDocument: { uri },
          previousResultId,
        },
      );
    const first = await pull();
    assert.equal((await pull(first.resultId)).kind, "unchanged");
    await session.change(uri, 2, [{ range: range(0, 0, 0, 0), text: "\n" }]);
    assert.equal((await pull(first.resultId)).kind, "full");
  });

  it("sends diagnostics to a client that does not pull, and takes them away", async () => {
    const session = await start({ capabilities: {} });
    await session.open(uri, bad, 7);
    await until("diagnostics", () => session.published.length === 1);
    assert.equal(session.published[0]?.version, 7);
    assert.deepEqual(placesOf(session.published[0].diagnostics), ["MEM101 0:12-0:33"]);
    await session.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await until("their end", () => session.published.length === 2);
    assert.deepEqual(session.published[1]?.diagnostics, []);
  });

  it("does not answer a question that its client has dropped for a newer text", async () => {
    const session = await start();
    await session.open(uri, bad);
    const source = new CancellationTokenSource();
    // The settings are asked of the client, whose answer comes after its cancellation.
    const pull = session.connection.sendRequest(
      "textDocument/diagnostic",
      { textDocument: { uri } },
      source.token,
    );
    source.cancel();
    await assert.rejects(pull, { code: LSPErrorCodes.RequestCancelled });
    assert.equal((await session.pull(uri)).length, 1);
  });

  it("keeps what it shows while a bracket is open", async () => {
    const session = await start();
    await session.open(uri, `def f(rows):\n    ${bad}    return total\n`);
    const places = placesOf(await session.pull(uri));
    assert.deepEqual(places, ["MEM101 1:16-1:37"]);
    await session.change(uri, 2, [{ range: range(2, 0, 2, 0), text: "    print(\n" }]);
    assert.deepEqual(placesOf(await session.pull(uri)), places);
  });

  it("takes each folder's own settings", async () => {
    const [left, right] = ["file:///left", "file:///right"];
    const session = await start({
      folders: [left, right],
      settings: ({ scopeUri }: ConfigurationItem) =>
        scopeUri === left ? { ignore: ["MEM101"] } : scopeUri === right ? {} : { enable: false },
    });
    for (const path of [`${left}/a.py`, `${right}/a.py`, "file:///rightmost/a.py"]) {
      await session.open(path, bad);
    }
    assert.equal((await session.pull(`${left}/a.py`)).length, 0);
    assert.equal((await session.pull(`${right}/a.py`)).length, 1);
    assert.equal((await session.pull("file:///rightmost/a.py")).length, 0);
    await session.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [], removed: [{ uri: right, name: "right" }] },
    });
    assert.equal((await session.pull(`${right}/a.py`)).length, 0);
  });

  it("takes settings from the start and from notifications of who cannot be asked", async () => {
    const session = await start({
      capabilities: { textDocument: { diagnostic: {} } },
      initializationOptions: { memoryInsights: { rules: { MEM101: "error" } } },
    });
    await session.open(uri, bad);
    assert.equal((await session.pull(uri))[0]?.severity, 1);
    await session.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { memoryInsights: { rules: { MEM101: "hint" } } },
    });
    assert.equal((await session.pull(uri))[0]?.severity, 4);
    await session.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { somebodyElse: {} },
    });
    assert.equal((await session.pull(uri))[0]?.severity, 4);
  });

  it("obeys the settings, and asks again when they change", async () => {
    const session = await start({ settings: { rules: { MEM101: "hint" } } });
    await session.open(uri, bad);
    assert.equal((await session.pull(uri))[0]?.severity, 4);
    session.settings = { rules: { MEM1: "off" } };
    await session.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
    assert.deepEqual(await session.pull(uri), []);
    session.settings = { enable: "what", rules: 7, select: ["MEM101", 3] };
    await session.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
    assert.equal((await session.pull(uri)).length, 1);
  });

  it("gives findings of open files, and of closed ones that are asked for", async () => {
    const closed = "file:///project/closed.py";
    const host = memoryHost({ [closed]: "def f(y):\n    return any([x for x in y])\n" });
    const session = await start({ host });
    await session.open("untitled:Untitled-1", bad);
    const found = await session.connection.sendRequest("memoryInsights/findings", {
      uris: [closed, "file:///gone.py"],
    });
    const finding = {
      code: "MEM101",
      name: "list-built-for-reduction",
      severity: "warning",
      message: "`sum` reads this list once; a generator holds one element at a time",
      range: range(0, 12, 0, 33),
      allocations: [range(0, 12, 0, 33)],
      saves: "bytes",
      functionRange: null,
    };
    assert.deepEqual(mask(found), [
      { uri: "untitled:Untitled-1", version: 1, fingerprint: "…", findings: [finding] },
      {
        uri: closed,
        version: null,
        fingerprint: "…",
        findings: [
          {
            ...finding,
            message: "`any` reads this list once; a generator holds one element at a time",
            range: range(1, 15, 1, 29),
            allocations: [range(1, 15, 1, 29)],
            functionRange: range(0, 0, 1, 30),
          },
        ],
      },
    ]);
  });

  it("tells when findings changed, and not when they did not", async () => {
    const session = await start();
    await session.open(uri, bad);
    await session.pull(uri);
    await session.change(uri, 2, [{ range: range(1, 0, 1, 0), text: "# more\n" }]);
    await session.pull(uri);
    await until("word of the findings", () => session.changed.length === 1);
    await session.change(uri, 3, [{ range: range(0, 0, 0, 0), text: "\n" }]);
    await session.pull(uri);
    await until("word of the change", () => session.changed.length === 2);
    await session.open("file:///fine.py", "\n");
    await session.pull("file:///fine.py");
    await session.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await until("word of the closed file", () => session.changed.length === 3);
    assert.deepEqual(session.changed, [uri, uri, uri]);
  });

  it("answers a bad request with an error and goes on", async () => {
    const session = await start();
    await assert.rejects(
      session.connection.sendRequest("memoryInsights/findings", { uris: "all" }),
      /uris/,
    );
    await session.connection.sendNotification("textDocument/didChange", { textDocument: null });
    await session.change("file:///never-opened.py", 3, [{ text: "" }]);
    await session.open(uri, bad);
    assert.equal((await session.pull(uri)).length, 1);
  });
});

function peersOf(code: string): readonly string[] | undefined {
  return rules.find(({ meta }) => meta.code === code)?.meta.peers;
}

/** Fingerprints are numbers without a meaning to a reader. */
function mask(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/"fingerprint":"[^"]+"/g, '"fingerprint":"…"'));
}
