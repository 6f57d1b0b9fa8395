import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { startSession } from "./language-client";

const statements = "def f(rows):\n    total = sum([x * 2 for x in rows])\n    return total\n";

/** What is alive, in bytes. */
function usedBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

describe("an open document that nobody has touched for long", () => {
  it("takes little more than its text", async function () {
    this.timeout(120_000);
    const session = await startSession();
    const text = "def f(rows):\n    return [row + 1 for row in rows]\n".repeat(400);
    const open = async (from: number, to: number) => {
      for (let index = from; index < to; index++) {
        await session.open(`file:///project/${index}.py`, `# ${index}\n${text}`);
        await session.pull(`file:///project/${index}.py`);
      }
    };
    await open(0, 20);
    const before = usedBytes();
    await open(20, 60);
    const grown = usedBytes() - before;
    await session.dispose();
    const perCharacter = grown / 40 / text.length;
    // A tree with its model takes some fifty bytes for each.
    assert.ok(perCharacter < 8, `${perCharacter.toFixed(1)} bytes for each character`);
  });
});

describe("a closed document", () => {
  it("leaves nothing behind", async function () {
    this.timeout(120_000);
    const session = await startSession();
    const uris = Array.from({ length: 20 }, (_, index) => `file:///project/${index}.py`);
    const visit = async () => {
      for (const uri of uris) {
        await session.open(uri, statements.repeat(100));
        await session.pull(uri);
      }
    };
    const close = async () => {
      for (const uri of uris) {
        const params = { textDocument: { uri } };
        await session.connection.sendNotification("textDocument/didClose", params);
      }
      // An answer to a later question: the notifications before it are through.
      await session.pull("file:///none.py");
    };
    // The first round fills what is kept for good, such as compiled code.
    await visit();
    await close();
    const before = usedBytes();
    await visit();
    const open = usedBytes();
    await close();
    const after = usedBytes();
    await session.dispose();
    const [grown, left] = [open - before, after - before];
    assert.ok(grown > 1e6, `open documents take memory: ${grown}`);
    assert.ok(left < grown / 10, `${left} of ${grown} bytes are left`);
  });
});
