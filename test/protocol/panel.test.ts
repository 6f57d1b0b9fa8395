import assert from "node:assert/strict";
import fc from "fast-check";
import { readFromPanel, readToPanel } from "#protocol";
import { shop, viewOf } from "../panel/fixture/runs";

describe("a message to the panel", () => {
  const view = viewOf(shop);

  it("passes as the profile makes it, also through JSON", () => {
    const message = { kind: "view", version: 1, view, between: null } as const;
    assert.deepEqual(readToPanel(JSON.parse(JSON.stringify(message))), {
      kind: "message",
      message,
    });
    const empty = { kind: "empty", version: 1, reason: "no-python", detail: null } as const;
    assert.deepEqual(readToPanel(empty), { kind: "message", message: empty });
  });

  const [first] = view.grown;
  const refused: readonly (readonly [why: string, data: unknown, problem: RegExp])[] = [
    ["an unknown kind", { kind: "later", version: 1 }, /^kind: /],
    ["another version", { kind: "view", version: 2, view }, /^version: /],
    ["no view", { kind: "view", version: 1 }, /^view: /],
    ["an unknown state", viewMessage({ status: "asleep" }), /^view\.status: /],
    ["a line below 0", viewMessage({ grown: [{ ...first, line: -1 }] }), /^view\.grown\.0\.line: /],
    ["a byte count of NaN", viewMessage({ seconds: NaN }), /^view\.seconds: /],
    [
      "columns of unequal length",
      viewMessage({ timeline: { ...view.timeline, rssBytes: [] } }),
      /^view\.timeline: columns/,
    ],
    ["nothing", undefined, /Expected/],
  ];
  for (const [why, data, problem] of refused) {
    it(`is refused with ${why}`, () => {
      const checked = readToPanel(data);
      assert.match(checked.kind === "problem" ? checked.problem : "it passed", problem);
    });
  }

  function viewMessage(change: object): unknown {
    return { kind: "view", version: 1, view: { ...view, ...change }, between: null };
  }
});

describe("a message of the panel", () => {
  const good: readonly unknown[] = [
    { kind: "ready", version: 1 },
    { kind: "goto", file: "/a.py", line: 3 },
    { kind: "command", command: "debug" },
  ];
  for (const message of good) {
    it(`passes: ${JSON.stringify(message)}`, () => {
      assert.deepEqual(readFromPanel(message), { kind: "message", message });
    });
  }

  const bad: readonly unknown[] = [
    { kind: "ready", version: 2 },
    { kind: "goto", file: "/a.py", line: 1.5 },
    { kind: "goto", file: 7, line: 1 },
    { kind: "command", command: "workbench.action.terminal.new" },
  ];
  for (const message of bad) {
    it(`is refused: ${JSON.stringify(message)}`, () => {
      assert.equal(readFromPanel(message).kind, "problem");
    });
  }

  it("never throws, whatever it is", () => {
    fc.assert(
      fc.property(fc.anything(), data => {
        assert.ok(["message", "problem"].includes(readFromPanel(data).kind));
        assert.ok(["message", "problem"].includes(readToPanel(data).kind));
      }),
    );
  });
});
