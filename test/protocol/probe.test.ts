import assert from "node:assert/strict";
import fc from "fast-check";
import { longestProbeLine, readProbeMessage, readProbeToken, toProbeLine } from "#protocol";

const cost = { kind: "cost", t: 1, cpuMs: 2, samples: 3, tracingBytes: 4 };

describe("probe channel", () => {
  it("reads a message and leaves out what it does not know", () => {
    assert.deepEqual(readProbeMessage(JSON.stringify({ ...cost, later: 1, pid: 5 })), cost);
  });

  it("refuses what only a run file may hold", () => {
    for (const kind of ["run", "source", "stop", "exit"]) {
      const read = readProbeMessage(JSON.stringify({ kind, code: 0, signal: null }));
      assert.ok(read.kind === "unreadable" && read.reason === "unknown-kind", kind);
    }
  });

  it("finds the token of a hello, and an empty one where there is none", () => {
    assert.equal(readProbeToken('{"kind":"hello","token":"abc"}'), "abc");
    for (const line of [
      "",
      "null",
      "[]",
      '{"token":1}',
      '{"__proto__":{"token":"abc"}}',
      '{"a":',
    ]) {
      assert.equal(readProbeToken(line), "", line);
    }
    assert.equal(readProbeToken(`{"token":"abc"}${" ".repeat(longestProbeLine)}`), "");
  });

  it("writes one line a message", () => {
    assert.equal(toProbeLine({ kind: "mark", id: 3 }), '{"kind":"mark","id":3}\n');
  });

  it("never throws, whatever a line holds", () => {
    const lines = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(lines, line => {
        readProbeMessage(line);
        readProbeToken(line);
      }),
    );
  });
});
