import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { createProfileBuilder, readRun, type RunFileRecord, toReport } from "#profile";
import { app, helloMessage, pid, runRecord, sample, toText, wholeRun } from "./records";

describe("run files", () => {
  it("are read as they were written", () => {
    const builder = createProfileBuilder();
    for (const record of wholeRun) builder.add(record);
    const reading = readRun(toText(wholeRun));
    assert.deepEqual(reading, { profile: builder.profile(), problems: [] });
    assert.deepEqual(toReport(reading.profile), toReport(builder.profile()));
  });

  it("give the same report after writing and reading, whatever was measured", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 40 }), some => {
        const records = [runRecord, { ...helloMessage, pid }, ...some];
        const builder = createProfileBuilder();
        for (const record of records) builder.add(record);
        const { profile, problems } = readRun(toText(records));
        assert.deepEqual(problems, []);
        assert.deepEqual(toReport(profile), toReport(builder.profile()));
      }),
    );
  });

  it("are readable when cut at any byte", () => {
    const bytes = Buffer.from(toText([...wholeRun, problem("größer als erwartet")]));
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { profile, problems } = readRun(bytes.subarray(0, cut).toString("utf8"));
      assert.equal(profile.hasEnded, true);
      assert.ok(
        problems.every(each => each.kind === "empty"),
        `cut at ${cut}`,
      );
      const whole = bytes.subarray(0, cut).toString("utf8").split("\n").length - 1;
      if (whole > 3) assert.equal(profile.run.pid, pid);
    }
  });

  it("lose only the lines that are damaged, and say so", () => {
    const lines = toText(wholeRun).split("\n");
    lines[2] = "garbage";
    lines[3] = '{"kind":"samples"}';
    const { profile, problems } = readRun(lines.join("\n"));
    assert.equal(profile.lines.length, 3);
    assert.deepEqual(
      problems.map(each => [each.kind, each.text.slice(0, 7)]),
      [["damaged", "2 lines"]],
    );
  });

  it("may hold kinds that only later versions know", () => {
    const text = toText([runRecord, { ...helloMessage, pid }]);
    const { problems } = readRun(`${text}{"kind":"objects","pid":10}\n${toText([sample(1, 2)])}`);
    assert.deepEqual(problems, []);
  });

  it("of a newer format are refused with the next step", () => {
    const { profile, problems } = readRun(toText([{ ...runRecord, schema: 2 }, sample(1, 2)]));
    assert.equal(problems[0]?.kind, "newer");
    assert.match(problems[0].text, /newer version.*update/);
    assert.equal(profile.peakRssBytes, null);
  });

  it("that are none are refused", () => {
    for (const text of [
      "hello\n",
      "\u0000\u0001",
      '{"a":1}\n',
      toText([sample(1, 2), runRecord]),
    ]) {
      assert.deepEqual(
        readRun(text).problems.map(each => each.kind),
        ["foreign"],
        text,
      );
    }
    assert.deepEqual(
      readRun("").problems.map(each => each.kind),
      ["empty"],
    );
  });

  it("never throw, whatever bytes they hold", () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => void readRun(Buffer.from(bytes).toString("utf8"))),
    );
    const text = toText(wholeRun);
    const at = fc.nat(text.length);
    fc.assert(
      fc.property(at, at, fc.string(), (start, end, noise) => {
        const { profile } = readRun(text.slice(0, start) + noise + text.slice(end));
        JSON.stringify(toReport(profile));
      }),
    );
  });

  it("of format 1 give the recorded profile", () => {
    const { profile, problems } = readRun(
      readFileSync("test/profile/fixtures/run-1.memprofile", "utf8"),
    );
    const expected: unknown = JSON.parse(
      readFileSync("test/profile/fixtures/run-1.report.json", "utf8"),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(toReport(profile), expected);
  });
});

const bytes = fc.nat(2 ** 40);
const files = fc.constantFrom(app, "/usr/lib/python3.11/json/decoder.py", "<string>");
const maybe = fc.option(bytes);

const anyRecord: fc.Arbitrary<RunFileRecord> = fc.oneof(
  fc.tuple(fc.nat(100_000), bytes, maybe).map(([t, rss, traced]) => sample(t, rss, traced)),
  fc
    .tuple(
      fc.constantFrom("sampled", "traced"),
      fc.array(fc.tuple(files, fc.nat(50), maybe, maybe, maybe, bytes)),
    )
    .map(([source, rows]) => ({ kind: "lines", source, t: 1, rows, pid }) as const),
  fc.record(
    {
      kind: fc.constant("exit"),
      code: fc.option(fc.nat(255)),
      signal: fc.option(fc.constantFrom("SIGKILL", "SIGTERM")),
      reason: fc.constant("stopped"),
    },
    { requiredKeys: ["kind", "code", "signal"] },
  ),
  fc.string().map(problem),
);

function problem(text: string): RunFileRecord {
  return { kind: "problem", text, pid };
}
