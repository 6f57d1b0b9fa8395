import assert from "node:assert/strict";
import { isNear, readAddress } from "../../src/extension/debug/address";
import { DebuggerStream, readProbeLines } from "../../src/extension/debug/debugger-stream";
import { readPathMappings } from "../../src/extension/debug/path-mappings";

describe("where a program is that runs already", () => {
  check("localhost:5678", { connect: { host: "localhost", port: 5678 } });
  check(" :5678 ", { connect: { host: "localhost", port: 5678 } });
  check("[::1]:5678", { connect: { host: "::1", port: 5678 } });
  check("1234", { processId: 1234 });
  for (const text of ["", "0", "host:0", "host:70000", "a b:1", "host:", "1.5"]) check(text, null);

  function check(text: string, expected: unknown) {
    it(`"${text}"`, () => assert.deepEqual(readAddress(text), expected));
  }

  it("is near unless another machine is named", () => {
    for (const near of [{}, { processId: 1 }, { connect: { port: 1 } }, { host: "LOCALHOST" }]) {
      assert.equal(isNear(near), true, JSON.stringify(near));
    }
    for (const far of [{ connect: { host: "10.0.0.2", port: 1 } }, { host: "build", port: 1 }]) {
      assert.equal(isNear(far), false, JSON.stringify(far));
    }
  });
});

describe("path mappings", () => {
  const mappings = [
    { localRoot: "/home/ada/app", remoteRoot: "/srv/app" },
    { localRoot: "/home/ada/here", remoteRoot: "." },
    { localRoot: "C:\\code", remoteRoot: "/code" },
    { localRoot: "/win", remoteRoot: "D:\\app" },
    { remoteRoot: "/else" },
  ];
  check("/srv/app/pages/main.py", "/home/ada/app/pages/main.py");
  check("/srv/application/main.py", "/srv/application/main.py");
  check("/opt/jobs/job.py", "/home/ada/here/job.py");
  check("/code/a/b.py", "C:\\code\\a\\b.py");
  check("d:\\app\\x\\y.py", "/win/x/y.py");
  check("/else/a.py", "/else/a.py");
  check("<string>", "<string>");

  function check(file: string, expected: string) {
    it(file, () => assert.equal(readPathMappings(mappings)(file, { cwd: "/opt/jobs" }), expected));
  }

  it("may be missing", () => assert.equal(readPathMappings(null)("/a.py", { cwd: "/" }), "/a.py"));
});

describe("a stream over the debugger", () => {
  it("reads lines out of the probe's events only", () => {
    const event = { type: "event", event: "memoryInsights", body: { lines: "{}\n" } };
    assert.equal(readProbeLines(event), "{}\n");
    assert.equal(readProbeLines({ ...event, event: "output" }), null);
    assert.equal(readProbeLines({ ...event, body: { lines: 1 } }), null);
    assert.equal(readProbeLines(null), null);
  });

  it("hands out all that came before its end, and sends nothing after it", async () => {
    const sent: string[] = [];
    const stream = new DebuggerStream(line => Promise.resolve(sent.push(line)));
    stream.write("first\n");
    stream.takeLines("one\n");
    stream.takeLines("two\n");
    stream.finish();
    let received = "";
    for await (const chunk of stream) received += String(chunk);
    assert.equal(received, "one\ntwo\n");
    assert.equal(stream.writable, false);
    assert.deepEqual(sent, ["first"]);
  });
});
