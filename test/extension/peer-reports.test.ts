import assert from "node:assert/strict";
import { codesOf, graceMs, PeerReports } from "../../src/extension/client/peer-reports";

describe("reports of other extensions", () => {
  const finding = (line: number) => ({ peers: ["B006", "W0102"], first: line, last: line });
  const report = (first: number, last = first, code = "B006") => ({ codes: [code], first, last });

  it("have codes in several forms", () => {
    const cases: readonly [unknown, readonly string[]][] = [
      ["B006", ["B006"]],
      [{ value: "B006", target: "…" }, ["B006"]],
      ["W0102:dangerous-default-value", ["W0102", "dangerous-default-value"]],
      ["python:S5717", ["python", "S5717"]],
      ["W0102(dangerous-default-value)", ["W0102", "dangerous-default-value"]],
      [102, ["102"]],
      [undefined, []],
      [{}, []],
    ];
    for (const [code, codes] of cases) assert.deepEqual(codesOf(code), codes);
  });

  it("cover a finding on any of their lines, under a code of its peers", () => {
    const peers = new PeerReports();
    peers.update([report(3, 5), report(9, 9, "E501")], 0);
    assert.deepEqual(
      [2, 3, 5, 6, 9].map(line => peers.covers(finding(line))),
      [false, true, true, false, false],
    );
    assert.equal(peers.covers({ ...finding(0), last: 3 }), true);
    assert.equal(peers.covers({ peers: [], first: 3, last: 3 }), false);
  });

  it("move with the text above them until they are renewed", () => {
    const peers = new PeerReports();
    peers.update([report(5)], 0);
    peers.edit({ first: 2, last: 2, breaks: 3 });
    assert.equal(peers.covers(finding(8)), true);
    peers.edit({ first: 0, last: 4, breaks: 0 });
    assert.equal(peers.covers(finding(4)), true);
    peers.edit({ first: 6, last: 6, breaks: 1 });
    assert.equal(peers.covers(finding(4)), true);
    // The lines that they are on are gone: they end where the change ends.
    peers.edit({ first: 3, last: 5, breaks: 0 });
    assert.equal(peers.covers(finding(3)), true);
  });

  it("count on for a while when they are taken back", () => {
    const peers = new PeerReports();
    assert.equal(peers.update([report(1)], 0), true);
    assert.equal(peers.update([report(1)], 10), false);
    assert.equal(peers.nextEnd(), null);
    assert.equal(peers.update([], 100), false);
    assert.equal(peers.covers(finding(1)), true);
    assert.equal(peers.nextEnd(), 100 + graceMs);
    // They come again, as after each keystroke: nothing happened.
    assert.equal(peers.update([report(1)], 200), false);
    assert.equal(peers.nextEnd(), null);
    peers.update([], 300);
    assert.equal(peers.update([], 300 + graceMs), true);
    assert.equal(peers.covers(finding(1)), false);
    assert.equal(peers.isEmpty, true);
  });
});
