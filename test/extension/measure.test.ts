import assert from "node:assert/strict";
import { createProfileBuilder, type Profile } from "#profile";
import type { FileFindings, LanguageFinding, LanguageRange } from "#protocol";
import { findingLabels } from "../../src/extension/findings/finding-labels";
import { type FilesOfFindings, measureFindings } from "../../src/extension/findings/measure";

const mebibyte = 1024 * 1024;

describe("findings joined with a run", () => {
  it("come in the order of their places before any run", () => {
    const files = [file("/b.py", [at(3), at(1)]), file("/a.py", [at(9)])];
    const measured = measureFindings(files, null, known);
    assert.deepEqual(
      measured.map(one => `${one.path ?? ""}:${one.finding.range.start.line}`),
      ["/a.py:9", "/b.py:1", "/b.py:3"],
    );
    assert.ok(measured.every(one => one.evidence === null));
  });

  it("come with the most bytes first", () => {
    const run = profile([line(2, 5 * mebibyte), line(5, 9 * mebibyte)]);
    const measured = measureFindings([file("/a.py", [at(1), at(4), at(7)])], run, known);
    assert.deepEqual(
      measured.map(one => one.evidence?.bytes),
      [9 * mebibyte, 5 * mebibyte, null],
    );
  });

  it("take the bytes of the lines that allocate", () => {
    const finding = { ...at(1), allocations: [range(3), range(6)] };
    const run = profile([line(2, 50), line(4, mebibyte), line(7, mebibyte)]);
    const [measured] = measureFindings([file("/a.py", [finding])], run, known);
    assert.equal(measured?.evidence?.bytes, 2 * mebibyte);
  });

  it("leave out the line that a range ends before", () => {
    const allocations = [{ start: { line: 3, character: 4 }, end: { line: 4, character: 0 } }];
    const run = profile([line(4, mebibyte), line(5, 7 * mebibyte)]);
    const [measured] = measureFindings([file("/a.py", [{ ...at(1), allocations }])], run, known);
    assert.equal(measured?.evidence?.bytes, mebibyte);
  });

  it("are stale when another text ran", () => {
    const run = profile([line(2, mebibyte)], "another");
    const [measured] = measureFindings([file("/a.py", [at(1)])], run, known);
    assert.equal(measured?.evidence?.state, "stale");
    assert.equal(measured.evidence.bytes, null, "nobody knows where the line was");
  });

  it("keep the bytes of their line when it moved since", () => {
    const run = profile([line(2, mebibyte), line(3, 5 * mebibyte)], "another");
    const [measured] = measureFindings([file("/a.py", [at(2)])], run, {
      ...known,
      linesBefore: () => number => number - 1,
    });
    assert.deepEqual([measured?.evidence?.state, measured?.evidence?.bytes], ["stale", mebibyte]);
  });

  it("are not stale when the text that ran was never read", () => {
    const run = profile([line(2, mebibyte)], null);
    const [measured] = measureFindings([file("/a.py", [at(1)])], run, known);
    assert.equal(measured?.evidence?.state, "confirmed");
  });

  it("label each line once, by the one that took most, and tell what is stale", () => {
    const run = profile([line(2, mebibyte), line(3, 5 * mebibyte), line(4, 2)]);
    const costly = { ...at(1), allocations: [range(2)] };
    const files = [file("/a.py", [at(1), costly, at(8)])];
    assert.deepEqual(findingLabels(measureFindings(files, run, known)), [
      { line: 2, text: "measured about 5.0 MiB (sampled)", isStale: false },
    ]);
    const told = new Map([[2, 5 * mebibyte + 1]]);
    assert.deepEqual(findingLabels(measureFindings(files, run, known), told), []);
    const large = measureFindings([file("/a.py", [at(1)])], profile([line(2, 38.6e6)]), known);
    assert.deepEqual(findingLabels(large, new Map([[2, 38.8e6]])), [], "about 37 MiB twice");
    assert.equal(findingLabels(large, new Map([[2, 40e6]])).length, 1);
    const other = profile([line(2, mebibyte)], "another");
    const moved = { ...known, linesBefore: () => (number: number) => number };
    assert.deepEqual(findingLabels(measureFindings([file("/a.py", [at(1)])], other, moved)), [
      { line: 2, text: "~ measured about 1.0 MiB (sampled)", isStale: true },
    ]);
  });

  it("have no evidence in a document that is no file", () => {
    const [measured] = measureFindings([file("untitled:1", [at(1)])], profile([]), {
      ...known,
      pathOf: () => null,
    });
    assert.equal(measured?.evidence, null);
  });
});

function profile(lines: readonly [number, number][], fingerprint: string | null = "same"): Profile {
  const builder = createProfileBuilder();
  const rows = lines.map(([number, bytes]) => ["/a.py", number, null, null, null, bytes] as const);
  builder.add({ kind: "lines", source: "sampled", t: 1, rows, pid: 1 });
  if (fingerprint !== null) builder.add({ kind: "source", file: "/a.py", fingerprint });
  return builder.profile();
}

function line(number: number, bytes: number): [number, number] {
  return [number, bytes];
}

function file(uri: string, findings: readonly LanguageFinding[]): FileFindings {
  return { uri, version: 1, fingerprint: "same", findings };
}

function at(number: number): LanguageFinding {
  const place = range(number);
  return {
    code: "MEM101",
    name: "list-built-for-reduction",
    severity: "warning",
    message: "`sum` reads this list once",
    range: place,
    allocations: [place],
    saves: "bytes",
    functionRange: null,
  };
}

function range(number: number): LanguageRange {
  return { start: { line: number, character: 4 }, end: { line: number, character: 9 } };
}

const known: FilesOfFindings = { pathOf: uri => uri, linesBefore: () => null };
