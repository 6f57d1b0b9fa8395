import assert from "node:assert/strict";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver/node";
import { pulling, sessionsOfTests } from "./language-client";
import { placesOf, range } from "./support";

const uri = "file:///project/app.py";
const text = '\tä = "€𝒳"; n = sum([x for x in rows])\r\n';

describe("positions", () => {
  const begin = sessionsOfTests();
  const cases: readonly [offered: string[] | undefined, chosen: string, start: number][] = [
    [undefined, "utf-16", 20],
    [["utf-8", "utf-16"], "utf-8", 25],
    [["utf-32", "utf-16"], "utf-32", 19],
    [["utf-16", "utf-8"], "utf-16", 20],
    [["utf-7"], "utf-16", 20],
  ];
  for (const [offered, chosen, start] of cases) {
    it(`are counted in ${chosen} for who offers ${String(offered)}`, async () => {
      const client = await begin({
        capabilities: { ...pulling, ...(offered && { general: { positionEncodings: offered } }) },
      });
      assert.equal(client.initialized.capabilities.positionEncoding, chosen);
      await client.open(uri, text);
      const places = [`MEM101 0:${start}-0:${start + 17}`];
      assert.deepEqual(placesOf(await client.pull(uri)), places);
      // An edit behind the same characters, and one that speaks of a place behind the line's end.
      await client.change(uri, 2, [
        { range: range(0, start + 1, 0, start + 2), text: "(x)" },
        { range: range(0, 999, 0, 999), text: "  # €" },
      ]);
      assert.deepEqual(placesOf(await client.pull(uri)), [`MEM101 0:${start}-0:${start + 19}`]);
      const [fix] = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: range(0, start + 1, 0, start + 1),
        context: { diagnostics: [] },
      });
      const [change] = (fix?.edit?.documentChanges ?? []) as TextDocumentEdit[];
      assert.deepEqual(
        change?.edits.map(edit => edit.range.start.character),
        [start, start + 18],
      );
    });
  }

  it("inside of a character mean its start", async () => {
    const client = await begin({
      capabilities: { ...pulling, general: { positionEncodings: ["utf-8"] } },
    });
    await client.open(uri, '"€"; sum([x for x in y])');
    await client.change(uri, 2, [{ range: range(0, 3, 0, 4), text: "" }]);
    assert.deepEqual(placesOf(await client.pull(uri)), ["MEM101 0:8-0:22"]);
  });
});
