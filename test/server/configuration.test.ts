import assert from "node:assert/strict";
import { memoryHost, pulling, startSession, type TestClient, until } from "./language-client";

const bad = "total = sum([x * 2 for x in rows])\n";
const app = "file:///work/project/src/app.py";
const pyproject = "file:///work/project/pyproject.toml";
const watching = {
  ...pulling,
  workspace: { ...pulling.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
};

describe("configuration of a project", () => {
  let client: TestClient | null = null;
  afterEach(async () => {
    await client?.dispose();
    client = null;
  });
  const start = async (
    files: ReadonlyMap<string, string>,
    options: Parameters<typeof startSession>[0] = {},
  ) => {
    const readText = (uri: string) => Promise.resolve(files.get(uri) ?? null);
    client = await startSession({ host: { ...memoryHost(), readText }, ...options });
    return client;
  };
  const severityOf = async (session: TestClient, uri = app) =>
    (await session.pull(uri))[0]?.severity ?? null;

  it("comes from the nearest file above, and the editor's settings go before it", async () => {
    const files = new Map([
      [pyproject, '[tool.memory-insights.severity]\nMEM101 = "hint"\n'],
      ["file:///work/memory-insights.toml", 'ignore = ["MEM101"]\n'],
    ]);
    const session = await start(files, { settings: {} });
    await session.open(app, bad);
    await session.open("file:///work/other.py", bad);
    await session.open("file:///elsewhere.py", bad);
    assert.equal(await severityOf(session), 4);
    assert.equal(await severityOf(session, "file:///work/other.py"), null);
    assert.equal(await severityOf(session, "file:///elsewhere.py"), 2);
    session.settings = { rules: { MEM101: "error" } };
    await session.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
    assert.equal(await severityOf(session), 1);
  });

  it("leaves files out, wholly or for some rules", async () => {
    const text =
      '[tool.memory-insights]\nextend-exclude = ["gen"]\nper-file-ignores = { "t_*.py" = ["MEM1"] }\n';
    const session = await start(new Map([[pyproject, text]]));
    for (const [path, severity] of [
      ["gen/a.py", null],
      ["src/t_a.py", null],
      ["a%20b.py", 2],
    ] as const) {
      const uri = `file:///work/project/${path}`;
      await session.open(uri, bad);
      assert.equal(await severityOf(session, uri), severity, path);
    }
  });

  it("is shown to be wrong in its own file, until it is mended", async () => {
    const files = new Map([[pyproject, "[tool.memory-insights]\nignor = []\n"]]);
    const session = await start(files, { capabilities: watching });
    await session.open(app, bad);
    assert.equal(await severityOf(session), 2);
    const [shown] = session.published;
    assert.equal(shown?.uri, pyproject);
    assert.deepEqual(
      shown.diagnostics.map(({ range, severity }) => [range, severity]),
      [[{ start: { line: 1, character: 0 }, end: { line: 1, character: 10 } }, 1]],
    );
    assert.match(String(shown.diagnostics[0]?.message), /ignor.*ignore/);
    files.set(pyproject, '[tool.memory-insights]\nignore = ["MEM101"]\n');
    await session.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: pyproject, type: 2 }],
    });
    assert.equal(await severityOf(session), null);
    await until("the end of the problem", () => session.published.length === 2);
    assert.deepEqual(session.published[1], { uri: pyproject, diagnostics: [] });
    assert.equal(session.refreshes, 1);
  });

  it("is read again on saving, where nobody tells of changed files", async () => {
    const files = new Map([[pyproject, ""]]);
    const session = await start(files);
    await session.open(app, bad);
    assert.equal(await severityOf(session), 2);
    files.set(pyproject, '[tool.memory-insights]\nignore = ["MEM101"]\n');
    await session.connection.sendNotification("textDocument/didSave", {
      textDocument: { uri: app },
    });
    assert.equal(await severityOf(session), null);
  });
});
