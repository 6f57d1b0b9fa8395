import assert from "node:assert/strict";
import {
  CancellationTokenSource,
  LSPErrorCodes,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import {
  memoryHost,
  pulling,
  sessionsOfTests,
  type startSession,
  type TestClient,
} from "./language-client";
import { placesOf } from "./support";

const bad = "total = sum([x * 2 for x in rows])\n";
const folder = "file:///project";
const [a, b, c] = ["a", "b", "c"].map(name => `${folder}/${name}.py`) as [string, string, string];

/** A client that tells of changed files. */
const watching = {
  ...pulling,
  workspace: { ...pulling.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
};

describe("diagnostics of the workspace", () => {
  const begin = sessionsOfTests();
  const start = async (
    files: ReadonlyMap<string, string>,
    options: Parameters<typeof startSession>[0] = {},
  ) => {
    const host = {
      ...memoryHost(),
      readText: (uri: string) => Promise.resolve(files.get(uri) ?? null),
      findPythonFiles: () => Promise.resolve([...files.keys()].sort()),
    };
    return begin({ host, folders: [folder], ...options });
  };
  const ask = (session: TestClient, params: object = {}) =>
    session.connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
      ...params,
    });
  const idsOf = (report: WorkspaceDiagnosticReport) =>
    report.items.map(({ uri, resultId }) => ({ uri, value: resultId }));

  it("are those of every file, open ones as they are in the editor", async () => {
    const session = await start(
      new Map([
        [a, bad],
        [b, "x = 1\n"],
      ]),
    );
    await session.open(b, `\n${bad}`, 7);
    const { items } = await ask(session);
    assert.deepEqual(
      items.map(item => [item.uri, item.version, item.kind === "full" && placesOf(item.items)]),
      [
        [a, null, ["MEM101 0:12-0:33"]],
        [b, 7, ["MEM101 1:12-1:33"]],
      ],
    );
  });

  it("come in parts, with progress, for who asks so", async () => {
    const uris = Array.from({ length: 45 }, (_, index) => `${folder}/${index + 100}.py`);
    const session = await start(new Map(uris.map(uri => [uri, bad])));
    const progress: string[] = [];
    const parts: number[] = [];
    session.connection.onNotification("$/progress", ({ token, value }: Progress) => {
      if (token === "work") progress.push(value.kind ?? "");
      else parts.push(value.items?.length ?? 0);
    });
    const answer = await ask(session, { workDoneToken: "work", partialResultToken: "part" });
    assert.deepEqual(answer.items, []);
    assert.deepEqual(parts, [20, 20, 5]);
    assert.deepEqual(progress, ["begin", "report", "report", "end"]);
  });

  it("are not told twice, and end with their file", async () => {
    const files = new Map([
      [a, bad],
      [b, bad],
    ]);
    const session = await start(files);
    const known = idsOf(await ask(session));
    files.set(a, "x = 1\n");
    files.delete(b);
    files.set(c, bad);
    const { items } = await ask(session, { previousResultIds: known });
    assert.deepEqual(
      items.map(item => [item.uri, item.kind, item.kind === "full" && item.items.length]),
      [
        [a, "full", 0],
        [c, "full", 1],
        [b, "full", 0],
      ],
    );
    const again = await ask(session, { previousResultIds: idsOf({ items }) });
    assert.deepEqual([...new Set(again.items.map(item => item.kind))], ["unchanged"]);
  });

  it("wait for a change where the client tells of changes", async () => {
    const files = new Map([
      [a, bad],
      [b, bad],
    ]);
    const session = await start(files, { capabilities: watching });
    const known = idsOf(await ask(session));
    const waiting = ask(session, { previousResultIds: known });
    // Answers come in order, so this one would come after an answer that did not wait.
    await session.open("file:///other.py", "");
    await session.pull("file:///other.py");
    files.set(b, "x = 1\n");
    await session.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: b, type: 2 }],
    });
    const { items } = await waiting;
    assert.deepEqual(
      items.map(item => [item.uri, item.kind]),
      [
        [a, "unchanged"],
        [b, "full"],
      ],
    );
  });

  it("stop when they are cancelled, also while they wait", async () => {
    const session = await start(new Map([[a, bad]]), { capabilities: watching });
    const known = idsOf(await ask(session));
    for (const previousResultIds of [[], known]) {
      const source = new CancellationTokenSource();
      const params = { previousResultIds };
      const answer = session.connection.sendRequest("workspace/diagnostic", params, source.token);
      source.cancel();
      await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
    }
  });

  it("are not offered to who says so", async () => {
    const session = await start(new Map(), {
      initializationOptions: { workspaceDiagnostics: false },
    });
    const { diagnosticProvider } = session.initialized.capabilities;
    assert.equal(diagnosticProvider?.workspaceDiagnostics, false);
  });
});

interface Progress {
  readonly token: string;
  readonly value: { readonly kind?: string; readonly items?: readonly unknown[] };
}
