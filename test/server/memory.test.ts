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

describe("an edited document", () => {
  it("keeps nothing of what it was before", async function () {
    this.timeout(120_000);
    const session = await startSession();
    const uri = "file:///project/edited.py";
    await session.open(uri, statements.repeat(20));
    const start = { line: 3, character: 0 };
    let version = 1;
    const replace = async (lines: number, text: string) => {
      const range = { start, end: { line: start.line + lines, character: 0 } };
      await session.change(uri, ++version, [{ range, text }]);
      await session.pull(uri);
    };
    // New names each time, in all that is kept by name, and between them a text that is broken.
    const edit = async (from: number, to: number) => {
      for (let index = from; index < to; index++) {
        await replace(0, `import m${index}\nx${index} = (m${index}.a${index}, [\n`);
        await replace(2, `class C${index}:\n    k${index} = sum([v for v in m${index}])\n`);
        await replace(2, "");
      }
    };
    await edit(0, 300);
    const before = usedBytes();
    await edit(300, 1200);
    const grown = usedBytes() - before;
    await session.dispose();
    const perEdit = grown / 2700;
    // Some hundred go to the test's own log and to compiled code; one statement's tree is thousands.
    assert.ok(perEdit < 3000, `${perEdit.toFixed(0)} bytes for each edit`);
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
    // The first rounds fill what is kept for good, such as compiled code.
    for (let round = 0; round < 2; round++) {
      await visit();
      await close();
    }
    // Documents that stay would be left of each round; code that V8 compiles is left of one.
    let least = Infinity;
    for (let round = 0; round < 3; round++) {
      const before = usedBytes();
      await visit();
      const grown = usedBytes() - before;
      await close();
      assert.ok(grown > 1e6, `open documents take memory: ${grown}`);
      least = Math.min(least, (usedBytes() - before) / grown);
    }
    await session.dispose();
    assert.ok(least < 1 / 10, `${least} of their bytes are left`);
  });
});
