import assert from "node:assert/strict";
import { describePassed, limitText, type MemoryLimit, readLimit } from "#profile";

describe("a limit of memory", () => {
  reads("rss > 200MiB", { of: "rss", bytes: 200 * 1024 ** 2, seconds: null });
  reads(" RSS>1.5GB ", { of: "rss", bytes: 1.5e9, seconds: null });
  reads("traced > 512k", { of: "traced", bytes: 512 * 1024, seconds: null });
  reads("line > 50 MB", { of: "line", bytes: 50e6, seconds: null });
  reads("rss + 20MiB in 5s", { of: "growth", bytes: 20 * 1024 ** 2, seconds: 5 });
  reads("growth + 1 GB within 60 s", { of: "growth", bytes: 1e9, seconds: 60 });
  reads("rss + 20MiB/10s", { of: "growth", bytes: 20 * 1024 ** 2, seconds: 10 });
  for (const text of ["", "rss", "rss > ", "rss > 0", "rss > -5MB", "rss < 5MB", "heap > 5MB"]) {
    reads(text, null);
  }
  for (const text of ["rss + 5MB", "rss + 5MB in 0s", "rss + 5MB in 9999s", "line + 5MB in 5s"]) {
    reads(text, null);
  }

  it("is named for people", () => {
    assert.equal(limitText({ of: "rss", bytes: 1024 ** 3, seconds: null }), "RSS above 1.0 GiB");
    assert.equal(
      limitText({ of: "growth", bytes: 5 * 1024 ** 2, seconds: 5 }),
      "RSS up by 5.0 MiB within 5 s",
    );
  });

  it("that is passed names the line", () => {
    const passed = { of: "line", limit: 1024, seconds: null, bytes: 2048, line: 12 } as const;
    assert.equal(
      describePassed({ ...passed, file: "C:\\app\\main.py" }),
      "a line above 1.0 KiB, by main.py:12",
    );
    assert.equal(describePassed({ ...passed, file: "", line: 0 }), "a line above 1.0 KiB");
  });
});

function reads(text: string, expected: MemoryLimit | null): void {
  it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(readLimit(text), expected));
}
