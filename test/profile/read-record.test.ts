import assert from "node:assert/strict";
import fc from "fast-check";
import { longestLine, readProcessMessage, readRecord } from "#profile";
import { helloMessage, sample, wholeRun } from "./records";

/** Expects a line to be refused for this reason. */
function refuses(line: string, reason: string, text?: RegExp): void {
  const read = readRecord(line);
  assert.ok(read.kind === "unreadable", `${line.slice(0, 80)} was read`);
  assert.equal(read.reason, reason);
  if (text) assert.match(read.text, text);
}

/** The sample record with some fields changed. */
function changed(fields: object): string {
  return JSON.stringify({ ...sample(1, 2), ...fields });
}

describe("records", () => {
  for (const record of wholeRun) {
    it(`reads ${record.kind} back as it was written`, () => {
      assert.deepEqual(readRecord(JSON.stringify(record)), record);
    });
  }

  it("drops what it does not know, the token too", () => {
    const line = JSON.stringify({ ...helloMessage, token: "secret", later: { a: 1 } });
    assert.deepEqual(readProcessMessage(line), helloMessage);
  });

  it("leaves a process out of a message of the channel", () => {
    const read = readProcessMessage(changed({ pid: 7 }));
    assert.equal("pid" in read, false);
  });

  it("tells an unknown kind from a broken record", () => {
    refuses('{"kind":"objects","pid":1}', "unknown-kind", /objects/);
    refuses('{"kind":"__proto__"}', "unknown-kind");
    refuses('{"kind":"constructor"}', "unknown-kind");
  });

  it("refuses what is not an object with a kind", () => {
    for (const line of [
      "null",
      "1",
      '"run"',
      "[]",
      "{}",
      '{"kind":1}',
      '{"__proto__":{"kind":"run"}}',
    ]) {
      refuses(line, "shape");
    }
  });

  it("refuses what is not JSON", () => {
    for (const line of ["", "{", "NaN", "{'kind':'run'}", "\u0000"]) refuses(line, "syntax");
    refuses(changed({}).replace("[2]", "[NaN]"), "syntax");
  });

  it("refuses numbers that are none, negative or beyond all bounds", () => {
    refuses(changed({}).replace('"rss":[2]', '"rss":[1e999]'), "shape", /samples\.rss\[0\]/);
    refuses(changed({ t: [-1] }), "shape", /samples\.t\[0\]/);
    refuses(changed({ rss: ["2"] }), "shape");
    refuses(changed({ rss: [null] }), "shape");
    refuses(changed({ blocks: [1.5] }), "shape");
    refuses(changed({ pid: -1 }), "shape", /samples\.pid/);
    refuses(changed({ pid: 2 ** 60 }), "shape");
  });

  it("refuses columns of different lengths", () => {
    refuses(changed({ t: [1, 2] }), "shape", /different lengths/);
  });

  it("refuses rows of another length and lists that are none", () => {
    refuses(
      '{"kind":"lines","source":"sampled","t":1,"rows":[["a",1]],"pid":1}',
      "shape",
      /row of 6/,
    );
    refuses(
      '{"kind":"lines","source":"sampled","t":1,"rows":{"length":1},"pid":1}',
      "shape",
      /list/,
    );
    refuses(
      '{"kind":"lines","source":"guessed","t":1,"rows":[],"pid":1}',
      "shape",
      /sampled, traced/,
    );
  });

  it("refuses too long lines, texts and lists", () => {
    refuses("x".repeat(longestLine + 1), "oversized");
    refuses(JSON.stringify({ kind: "problem", text: "x".repeat(40_000), pid: 1 }), "shape");
    refuses(changed({ t: new Array(10_001).fill(1) }), "shape", /more than/);
  });

  it("survives deep nesting", () => {
    refuses("[".repeat(longestLine), "syntax");
    refuses(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, "shape");
  });

  it("gives data without a foreign prototype", () => {
    const read = readRecord('{"kind":"problem","text":"a","pid":1,"__proto__":{"text":"b"}}');
    assert.deepEqual(Object.keys(read), ["kind", "text", "pid"]);
    assert.equal(Object.getPrototypeOf(read), Object.prototype);
  });

  it("never throws, whatever a line holds", () => {
    fc.assert(fc.property(fc.string(), line => void readRecord(line)));
    fc.assert(fc.property(fc.json(), line => void readRecord(line)));
    const kinds = fc.constantFrom(...wholeRun);
    const anything = fc.dictionary(
      fc.constantFrom(...wholeRun.flatMap(Object.keys)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(kinds, anything, (record, fields) => {
        const read = readRecord(JSON.stringify({ ...record, ...fields, kind: record.kind }));
        assert.ok(read.kind === "unreadable" || read.kind === record.kind);
      }),
    );
  });
});
