import assert from "node:assert/strict";
import type {
  CodeAction,
  CodeActionOptions,
  Diagnostic,
  TextDocumentEdit,
} from "vscode-languageserver/node";
import { LSPErrorCodes } from "vscode-languageserver/node";
import { resolving, sessionsOfTests, type TestClient } from "./language-client";
import { range } from "./support";

const uri = "file:///project/app.py";
const bad = "total = sum([x * 2 for x in rows])\n";

describe("code actions", () => {
  const start = sessionsOfTests();

  it("offers the safe fix first, then suppressions and the page", async () => {
    const session = await start();
    await session.open(uri, bad);
    const actions = await codeActions(session, range(0, 14, 0, 14));
    assert.deepEqual(
      actions.map(action => action.title),
      [
        "Pass a generator",
        "Ignore MEM101 for this line",
        "Ignore MEM101 for this file",
        "Explain MEM101 (list-built-for-reduction)",
      ],
    );
    assert.equal(actions[0]?.isPreferred, true);
    assert.deepEqual(actions[0].edit?.documentChanges, [
      {
        textDocument: { uri, version: 1 },
        edits: [
          { range: range(0, 12, 0, 13), newText: "" },
          { range: range(0, 32, 0, 33), newText: "" },
        ],
      },
    ]);
    assert.deepEqual(actions[3]?.command?.arguments, ["list-built-for-reduction"]);
  });

  it("says what a fix that needs review may change, and does not prefer it", async () => {
    const session = await start();
    await session.open(uri, "ok = all([check(x) for x in rows])\n");
    const [fix] = await codeActions(session, range(0, 10, 0, 10));
    assert.equal(
      fix?.title,
      "Pass a generator (review: `all` stops early, so the calls in it may run fewer times)",
    );
    assert.equal(fix.isPreferred, undefined);
  });

  it("fixes all that is safe, and only that", async () => {
    const session = await start();
    await session.open(uri, `${bad}ok = all([check(x) for x in rows])\nn = max([a for a in b])\n`);
    const actions = await codeActions(session, range(0, 0, 0, 0), ["source.fixAll"]);
    assert.deepEqual(
      actions.map(action => action.kind),
      ["source.fixAll.memoryInsights"],
    );
    const [change] = (actions[0]?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.match(JSON.stringify(change?.edits), /x \* 2 for x in rows\)\\nok = all\(\[check/);
  });

  it("makes the edit that fixes all when it is chosen, for who can ask then", async () => {
    const session = await start({ capabilities: resolving });
    assert.equal(
      (session.initialized.capabilities.codeActionProvider as CodeActionOptions).resolveProvider,
      true,
    );
    await session.open(uri, bad);
    const [action] = await codeActions(session, range(0, 0, 0, 0), ["source.fixAll"]);
    assert.equal(action?.edit, undefined);
    const resolve = () => session.connection.sendRequest<CodeAction>("codeAction/resolve", action);
    const [change] = ((await resolve()).edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(change, {
      textDocument: { uri, version: 1 },
      edits: [{ range: range(0, 12, 0, 33), newText: "x * 2 for x in rows" }],
    });
    // The action is for a text that is gone.
    await session.change(uri, 2, [{ range: range(0, 0, 0, 0), text: "\n" }]);
    await assert.rejects(resolve(), { code: LSPErrorCodes.ContentModified });
    await session.change(uri, 3, [{ text: "ok = all([check(x) for x in rows])\n" }]);
    assert.deepEqual(await codeActions(session, range(0, 0, 0, 0), ["source.fixAll"]), []);
  });

  it("fixes all of one rule in the file, and leaves what others say", async () => {
    const session = await start({ capabilities: resolving });
    const other = "for line in file.readlines():\n    print(line)\n";
    const review = "ok = all([check(x) for x in rows])\n";
    const unused = "y = 1  # memory: ignore[MEM203]\n";
    await session.open(uri, bad + other + review + bad + unused);
    const actions = await codeActions(session, range(0, 14, 0, 14));
    const [fix, all] = actions;
    assert.equal(fix?.isPreferred, true);
    assert.equal(all?.title, "Fix all MEM101 in this file");
    assert.equal(all.kind, "quickfix");
    assert.equal(all.isPreferred, undefined);
    assert.equal(all.diagnostics?.length, 1);
    const resolved = await session.connection.sendRequest<CodeAction>("codeAction/resolve", all);
    const [change] = (resolved.edit?.documentChanges ?? []) as TextDocumentEdit[];
    await session.change(uri, 2, editsOf(change));
    assert.deepEqual(
      (await session.pull(uri)).map(({ code, range: { start } }) => [code, start.line]),
      [
        ["MEM203", 1],
        ["MEM101", 3],
        ["MEM000", 5],
      ],
    );
  });

  it("offers that only where a second finding has a safe fix, and for who can ask later", async () => {
    const titlesOf = async (session: TestClient) =>
      (await codeActions(session, range(0, 14, 0, 14))).map(({ title }) => title);
    const session = await start({ capabilities: resolving });
    await session.open(uri, `${bad}ok = all([check(x) for x in rows])\n`);
    assert.ok(!(await titlesOf(session)).includes("Fix all MEM101 in this file"));
    await session.change(uri, 2, [{ text: bad + bad }]);
    assert.ok((await titlesOf(session)).includes("Fix all MEM101 in this file"));
    const other = await start();
    await other.open(uri, bad + bad);
    assert.ok(!(await titlesOf(other)).includes("Fix all MEM101 in this file"));
  });
});

function codeActions(session: TestClient, at: Diagnostic["range"], only?: readonly string[]) {
  return session.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: at,
    context: { diagnostics: [], ...(only && { only }) },
  });
}

/** Edits of an action as an editor tells of them once they are made. */
function editsOf(change: TextDocumentEdit | undefined) {
  return (change?.edits ?? []).flatMap(edit =>
    "newText" in edit ? [{ range: edit.range, text: edit.newText }] : [],
  );
}
