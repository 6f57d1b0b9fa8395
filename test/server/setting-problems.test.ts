import assert from "node:assert/strict";
import { pulling, sessionsOfTests, type startSession, type TestClient } from "./language-client";

const uri = "file:///project/app.py";

describe("settings that name what does not exist", () => {
  const begin = sessionsOfTests();
  const start = async (options: Parameters<typeof startSession>[0]) => {
    const client = await begin(options);
    await client.open(uri, "total = sum([x * 2 for x in rows])\n");
    return client;
  };
  const change = async (session: TestClient, settings: object) => {
    session.settings = settings;
    await session.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { memoryInsights: settings },
    });
    return session.pull(uri);
  };

  it("are told with what may have been meant, and the rest is obeyed", async () => {
    const session = await start({
      settings: {
        select: ["MEN101", "MEM101", 3],
        ignore: ["list-built-for-reductoin", "other"],
        rules: { MEM999: "error", MEM101: "wraning", MEM1: "hint" },
      },
    });
    assert.equal((await session.pull(uri))[0]?.severity, 4);
    assert.deepEqual(session.log, [
      'memoryInsights.select: unknown rule "MEN101"; did you mean MEM101? ' +
        'memoryInsights.ignore: unknown rule "list-built-for-reductoin"; ' +
        "did you mean list-built-for-reduction? " +
        'memoryInsights.ignore: unknown rule "other". ' +
        'memoryInsights.rules: unknown rule "MEM999". ' +
        'memoryInsights.rules: unknown severity "wraning" of MEM101; did you mean warning? ' +
        "The rest of the settings is obeyed.",
    ]);
  });

  it("are told once, whatever else changes and however many folders have them", async () => {
    const folders = ["file:///project", "file:///other"];
    const session = await start({ settings: { ignore: ["MEN101"] }, folders });
    await session.pull(uri);
    await session.open("file:///other/app.py", "x = 1\n");
    await session.pull("file:///other/app.py");
    await change(session, { ignore: ["MEN101"], select: ["MEM1", "DEFAULT", "sum-of-lists"] });
    assert.equal(session.log.length, 1);
    await change(session, { ignore: ["MEN101", "MEN203"] });
    assert.match(
      session.log[1] ?? "",
      /^memoryInsights.ignore: unknown rule "MEN203"; did you mean MEM203\? The rest/,
    );
    assert.equal(session.log.length, 2);
  });

  it("are told too where the client sends its settings", async () => {
    const session = await start({
      capabilities: { textDocument: { diagnostic: {} } },
      initializationOptions: { memoryInsights: { ignore: ["MEN101"] } },
    });
    await session.pull(uri);
    assert.equal(session.log.length, 1);
    await change(session, { ignore: ["MEN101"], rules: { MEN203: "off" } });
    assert.equal(session.log.length, 2);
  });

  it("are not told where all is well", async () => {
    const session = await start({ capabilities: pulling, settings: null });
    await session.pull(uri);
    await change(session, { select: ["ALL"], ignore: ["mem1xx"], rules: { MEM2: "off" } });
    await change(session, { select: 3, ignore: {}, rules: [] });
    assert.deepEqual(session.log, []);
  });
});
