import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { WholeMessages } from "../../src/server/whole-messages.node";

/** Writes chunks one after another, and gives what came through. */
async function passOn(chunks: readonly string[]): Promise<readonly string[]> {
  const passed: string[] = [];
  const to = new Writable({
    write(chunk: Buffer, _, done) {
      passed.push(chunk.toString());
      done();
    },
  });
  const messages = new WholeMessages(to);
  for (const chunk of chunks) {
    await new Promise<void>((done, fail) => {
      messages.write(chunk, error => (error ? fail(error) : done()));
    });
  }
  return passed;
}

describe("messages to a client", () => {
  const [head, body] = ["Content-Length: 2\r\n\r\n", "{}"];

  it("go out in one piece each", async () => {
    assert.deepEqual(await passOn([head, body, head, body]), [head + body, head + body]);
  });

  it("go out as they are when they come in one piece", async () => {
    assert.deepEqual(await passOn([head + body, head, body]), [head + body, head + body]);
  });

  it("may have a body that looks like a head", async () => {
    assert.deepEqual(await passOn([head, "{\r\n\r\n", head, body]), [
      `${head}{\r\n\r\n`,
      head + body,
    ]);
  });

  it("tell of a client that is gone", async () => {
    const to = new Writable({
      write(_chunk, _encoding, done) {
        done(new Error("gone"));
      },
    });
    to.on("error", () => undefined);
    const messages = new WholeMessages(to);
    messages.on("error", () => undefined);
    messages.write(head);
    const told = new Promise(resolve => messages.write(body, resolve));
    assert.match(String(await told), /gone/);
  });
});
