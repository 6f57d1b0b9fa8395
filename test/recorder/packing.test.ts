import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { readRun } from "#profile";
import { packedBytes, packRunAs, readRunBytes, readRunFile, unpackedBytes } from "#recorder";
import { sample, toText, wholeRun } from "../profile/records";

const text = toText(wholeRun);
const expected = readRun(text);
const mebibyte = 1024 * 1024;

describe("a packed run", () => {
  let folder = "";
  let path = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packed-"));
    path = join(folder, "a.memprofile");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (bytes: Uint8Array | string) => {
    writeFileSync(path, bytes);
    return readRunFile(path);
  };

  it("is read as one that is not, whatever its name", async () => {
    assert.deepEqual(await read(text), expected);
    assert.deepEqual(await read(text.trimEnd()), expected);
    assert.deepEqual(await read(gzipSync(text)), expected);
    assert.deepEqual(await readRunBytes(gzipSync(text)), expected);
    assert.deepEqual(await readRunBytes(Buffer.from(text)), expected);
    const halves = [gzipSync(text.slice(0, 500)), gzipSync(text.slice(500))];
    assert.deepEqual(await read(Buffer.concat(halves)), expected);
  });

  it("that is cut gives what is left of it", async () => {
    // Not compressed, so that the cut falls where it is meant to.
    const bytes = gzipSync(text, { level: 0 });
    const { profile, problems } = await read(bytes.subarray(0, bytes.length - 60));
    assert.deepEqual(problems, []);
    assert.equal(profile.run.pid, 10);
    assert.equal(profile.exit, null);
  });

  it("that is damaged says so, and gives what comes before", async () => {
    const samples = Array.from({ length: 2_000 }, (_, t) => sample(t, 1_000));
    const bytes = gzipSync(toText([...wholeRun, ...samples]));
    bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1;
    const { profile, problems } = await read(bytes);
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ["damaged"],
    );
    assert.equal(profile.run.pid, 10);
    const broken = await read(Buffer.from([0x1f, 0x8b, 1, 2, 3]));
    assert.deepEqual(
      broken.problems.map(({ kind }) => kind),
      ["empty", "damaged"],
    );
    const lines = await read(gzipSync(text + "a\n".repeat(1_000_000)));
    assert.match(lines.problems[0]?.text ?? "", /^100001 lines of the run could not be read/);
  });

  it("that unpacks to more than any run is refused", async () => {
    const bomb = Buffer.concat([gzipSync(text), ...bombs(150)]);
    await assert.rejects(read(bomb), /unpacks to more than 128 MiB/);
    await assert.rejects(unpackedBytes(bomb));
  });

  it("that is no run is given up at its first line", async () => {
    const { problems } = await read(Buffer.concat([gzipSync("hello\n"), ...bombs(150)]));
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ["foreign"],
    );
  });

  it("may hold a line without an end", async () => {
    const line = gzipSync(Buffer.alloc(mebibyte, "a"));
    const bytes = [gzipSync(text), ...Array.from({ length: 20 }, () => line)];
    assert.deepEqual((await read(Buffer.concat(bytes))).profile, expected.profile);
  });

  it("takes the place of the one that is packed", async () => {
    writeFileSync(path, text);
    await packRunAs(path, `${path}.gz`);
    assert.deepEqual(readdirSync(folder), ["a.memprofile.gz"]);
    assert.equal(gunzipSync(readFileSync(`${path}.gz`)).toString(), text);
    await assert.rejects(packRunAs(path, join(folder, "b.gz")));
    assert.equal(existsSync(join(folder, "b.gz")), false);
  });

  it("can be had in either form", async () => {
    const packed = await packedBytes(Buffer.from(text));
    assert.equal(gunzipSync(packed).toString(), text);
    assert.equal(await packedBytes(packed), packed);
    assert.equal(Buffer.from(await unpackedBytes(packed)).toString(), text);
    assert.equal(Buffer.from(await unpackedBytes(Buffer.from(text))).toString(), text);
  });

  /** Members of a MiB each, of a thousandth of its size. */
  function bombs(count: number): readonly Buffer[] {
    const member = gzipSync(Buffer.alloc(mebibyte, "\n"));
    return Array.from({ length: count }, () => member);
  }
});
