import assert from "node:assert/strict";
import type { CodeAction, Diagnostic, TextDocumentEdit } from "vscode-languageserver/node";
import {
  resolving,
  sessionsOfTests,
  type startSession,
  type TestClient,
  until,
} from "./language-client";
import { placesOf, range } from "./support";

const notebook = "file:///project/a.ipynb";
const first = "vscode-notebook-cell:/a.ipynb#a";
const second = "vscode-notebook-cell:/a.ipynb#b";
const third = "vscode-notebook-cell:/a.ipynb#c";
const cells = [first, second, third] as const;

describe("notebooks", () => {
  const begin = sessionsOfTests();
  const open = async (
    texts: readonly string[],
    options: Parameters<typeof startSession>[0] = {},
  ) => {
    const client = await begin(options);
    await client.connection.sendNotification("notebookDocument/didOpen", {
      notebookDocument: {
        uri: notebook,
        notebookType: "jupyter-notebook",
        version: 1,
        cells: texts.map((_, index) => ({ kind: 2, document: cells[index] })),
      },
      cellTextDocuments: texts.map((text, index) => ({
        uri: cells[index],
        languageId: "python",
        version: 1,
        text,
      })),
    });
    return client;
  };
  const change = (session: TestClient, changes: object) =>
    session.connection.sendNotification("notebookDocument/didChange", {
      notebookDocument: { uri: notebook, version: 2 },
      change: { cells: changes },
    });

  it("are one program: findings land in their cells", async () => {
    const session = await open([
      "%matplotlib inline\nrows = load()\n",
      "n = sum([r for r in rows])",
      "!ls\nm = max([r for r in rows])",
    ]);
    assert.deepEqual(placesOf(await session.pull(first)), []);
    assert.deepEqual(placesOf(await session.pull(second)), ["MEM101 0:8-0:25"]);
    assert.deepEqual(placesOf(await session.pull(third)), ["MEM101 1:8-1:25"]);
  });

  it("see in one cell what another one says", async () => {
    const session = await open(["def sum(x): ...", "n = sum([r for r in rows])"]);
    assert.deepEqual(await session.pull(second), []);
    await change(session, {
      textContent: [
        {
          document: { uri: first, version: 2 },
          changes: [{ range: range(0, 4, 0, 7), text: "total" }],
        },
      ],
    });
    const refreshes = session.refreshes;
    assert.deepEqual(await session.pull(first), []);
    await until("the question for the other cell", () => session.refreshes > refreshes);
    assert.deepEqual(placesOf(await session.pull(second)), ["MEM101 0:8-0:25"]);
  });

  it("follow cells that come, go and move", async () => {
    const session = await open(["x = 1", "n = sum([r for r in rows])"]);
    await change(session, {
      structure: {
        array: { start: 0, deleteCount: 1, cells: [{ kind: 2, document: third }] },
        didOpen: [{ uri: third, languageId: "python", version: 1, text: "def sum(x): ..." }],
        didClose: [{ uri: first }],
      },
    });
    assert.deepEqual(await session.pull(first), []);
    assert.deepEqual(await session.pull(second), []);
    await change(session, {
      structure: {
        array: { start: 0, deleteCount: 2, cells: [second, third].map(toCell) },
      },
    });
    // A name that a later cell binds is still no builtin of the program.
    assert.deepEqual(await session.pull(second), []);
    await change(session, {
      structure: { array: { start: 1, deleteCount: 1 }, didClose: [{ uri: third }] },
    });
    assert.deepEqual(placesOf(await session.pull(second)), ["MEM101 0:8-0:25"]);
  });

  it("are fixed cell by cell or all at once, and never where a magic stands", async () => {
    const session = await open([
      "n = sum([r for r in rows])",
      "%%time\nm = max([r for r in rows])",
      "x = 1",
    ]);
    const fixes = async (cell: string, kind: string) => {
      const actions = await session.connection.sendRequest<CodeAction[]>(
        "textDocument/codeAction",
        {
          textDocument: { uri: cell },
          range: range(0, 0, 0, 0),
          context: { diagnostics: [], only: [kind] },
        },
      );
      assert.ok(actions.every(action => action.kind === `${kind}.memoryInsights`));
      return actions.flatMap(({ edit }) => edit?.documentChanges ?? []);
    };
    const ofFirst = {
      textDocument: { uri: first, version: 1 },
      edits: [
        { range: range(0, 8, 0, 9), newText: "" },
        { range: range(0, 24, 0, 25), newText: "" },
      ],
    };
    const ofSecond = {
      textDocument: { uri: second, version: 1 },
      edits: [
        { range: range(1, 8, 1, 9), newText: "" },
        { range: range(1, 24, 1, 25), newText: "" },
      ],
    };
    // VS Code asks for each cell when it saves, and drops what would change another one.
    assert.deepEqual(await fixes(first, "source.fixAll"), [ofFirst]);
    assert.deepEqual(await fixes(second, "source.fixAll"), [ofSecond]);
    assert.deepEqual(await fixes(third, "source.fixAll"), []);
    assert.deepEqual(await fixes(third, "notebook.source.fixAll"), [ofFirst, ofSecond]);
  });

  it("are fixed for one rule in all cells", async () => {
    const session = await open(
      ["n = sum([r for r in rows])", "for line in file.readlines(): print(line)", "m = max([1])"],
      { capabilities: resolving },
    );
    await change(session, {
      textContent: [
        { document: { uri: third, version: 2 }, changes: [{ text: "m = max([r for r in rows])" }] },
      ],
    });
    const actions = await session.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: first },
      range: range(0, 9, 0, 9),
      context: { diagnostics: [] },
    });
    const action = actions.find(({ title }) => title === "Fix all MEM101 in this notebook");
    const { edit } = await session.connection.sendRequest<CodeAction>("codeAction/resolve", action);
    const documents = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(
      documents.map(({ textDocument }) => textDocument),
      [
        { uri: first, version: 1 },
        { uri: third, version: 2 },
      ],
    );
  });

  it("are sent to a client that does not pull, a cell only when it is another", async () => {
    const session = await open(["n = sum([r for r in rows])", "x = 1"], { capabilities: {} });
    await until("both cells", () => session.published.length === 2);
    await change(session, {
      textContent: [{ document: { uri: second, version: 2 }, changes: [{ text: "x = 2" }] }],
    });
    await until("the second cell", () => session.published.length === 3);
    assert.deepEqual(
      session.published.map(({ uri, diagnostics }) => [uri, diagnostics.length]),
      [
        [first, 1],
        [second, 0],
        [second, 0],
      ],
    );
    await session.connection.sendNotification("notebookDocument/didClose", {
      notebookDocument: { uri: notebook },
      cellTextDocuments: cells.slice(0, 2).map(uri => ({ uri })),
    });
    await until("their end", () => session.published.length === 5);
    assert.deepEqual(session.published.at(-1)?.diagnostics, [] satisfies Diagnostic[]);
  });
});

function toCell(document: string) {
  return { kind: 2, document };
}
