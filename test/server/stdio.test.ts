import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { connectClient } from "./language-client";

/** The server as it ships, in a process of its own, as any editor starts it. */
describe("dist/server.js --stdio", () => {
  before(function () {
    // Present after a build, which `npm test` makes first.
    if (!existsSync("dist/server.js")) this.skip();
  });

  it("answers over standard input and output, and ends when told to", async function () {
    this.timeout(60_000);
    const server = spawn(process.execPath, ["dist/server.js", "--stdio"], { stdio: "pipe" });
    const exit = once(server, "exit");
    const client = await connectClient(
      createProtocolConnection(
        new StreamMessageReader(server.stdout),
        new StreamMessageWriter(server.stdin),
      ),
      {},
    );
    await client.open("untitled:Untitled-1", "n = sum([x for x in y])\n");
    const [diagnostic] = await client.pull("untitled:Untitled-1");
    assert.equal(diagnostic?.code, "MEM101");
    assert.match(diagnostic.codeDescription?.href ?? "", /^file:.*list-built-for-reduction\.md$/);
    await client.connection.sendRequest("shutdown");
    await client.connection.sendNotification("exit");
    const [code] = (await exit) as [number | null];
    assert.equal(code, 0);
    client.connection.dispose();
  });
});
