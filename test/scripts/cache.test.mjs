import assert from "node:assert/strict";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
  mkdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installOnce } from "../../scripts/cache.mjs";

describe("an install into the cache", () => {
  let cache, before;

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "cache-test-"));
    before = process.env.MEMORY_INSIGHTS_CACHE;
    process.env.MEMORY_INSIGHTS_CACHE = cache;
  });

  afterEach(() => {
    if (before === undefined) delete process.env.MEMORY_INSIGHTS_CACHE;
    else process.env.MEMORY_INSIGHTS_CACHE = before;
    rmSync(cache, { recursive: true });
  });

  const build = async folder => writeFileSync(join(folder, "tool"), "whole");

  it("is done once", async () => {
    const folder = await installOnce("tool-1", build);
    assert.equal(folder, join(cache, "tool-1"));
    await installOnce("tool-1", () => assert.fail("installed twice"));
    assert.deepEqual(readdirSync(cache), ["tool-1"]);
  });

  it("leaves nothing that looks installed when it fails", async () => {
    const failing = async folder => {
      await build(folder);
      throw new Error("the network went away");
    };
    await assert.rejects(installOnce("tool-1", failing), /network went away/);
    assert.deepEqual(readdirSync(cache), []);
  });

  it("goes well twice at once", async () => {
    const [one, other] = await Promise.all([
      installOnce("tool-1", build),
      installOnce("tool-1", build),
    ]);
    assert.equal(one, other);
    assert.deepEqual(readdirSync(cache), ["tool-1"]);
    assert.ok(existsSync(join(one, "tool")));
  });

  it("removes what a killed install left long ago, and nothing of a running one", async () => {
    const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
    mkdirSync(join(cache, ".installing-tool-0-dead"));
    utimesSync(join(cache, ".installing-tool-0-dead"), old, old);
    mkdirSync(join(cache, ".installing-tool-0-alive"));
    await installOnce("tool-1", build);
    assert.deepEqual(readdirSync(cache).sort(), [".installing-tool-0-alive", "tool-1"]);
  });
});
