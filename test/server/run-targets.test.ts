import assert from "node:assert/strict";
import type { LanguageRunTarget } from "#protocol";
import { ErrorCodes } from "vscode-languageserver/node";
import { memoryHost, sessionsOfTests } from "./language-client";
import { range } from "./support";

const uri = "file:///project/test_cart.py";
const request = "memoryInsights/runTargets";

describe("the request for what can be run", () => {
  const start = sessionsOfTests();

  it("is answered for a file as the editor has it", async () => {
    const session = await start();
    await session.open(uri, "\nasync def test_a(cart): ...\n");
    const targets = await session.connection.sendRequest(request, { uri });
    assert.deepEqual(targets, [
      {
        kind: "test",
        path: ["test_a"],
        range: range(1, 0, 1, 27),
        nameRange: range(1, 10, 1, 16),
        isUnittest: false,
        needs: ["cart"],
      },
    ] satisfies LanguageRunTarget[]);
  });

  it("is answered for a file on disk, and not for one that is not there", async () => {
    const host = memoryHost({ [uri]: "def load(): ..." });
    const { connection } = await start({ host });
    const targets: readonly LanguageRunTarget[] = await connection.sendRequest(request, { uri });
    assert.deepEqual(
      targets.map(({ path }) => path),
      [["load"]],
    );
    assert.deepEqual(await connection.sendRequest(request, { uri: "file:///no.py" }), []);
  });

  it("is refused without a file", async () => {
    const { connection } = await start();
    await assert.rejects(connection.sendRequest(request, {}), { code: ErrorCodes.InvalidParams });
  });
});
