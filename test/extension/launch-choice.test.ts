import assert from "node:assert/strict";
import { launchChoice } from "../../src/extension/debug/launch-choice";

const on = { isEnabled: true, level: "live", frames: 1, limits: [], traceFunction: "" } as const;
const off = { ...on, isEnabled: false };

describe("`memoryInsights` of a launch configuration", () => {
  check(undefined, on, on);
  check(undefined, off, off);
  check(false, on, off);
  check(true, off, on);
  check({ level: "allocations" }, off, { ...on, level: "allocations" });
  check({ level: "allocations", frames: 5 }, on, { ...on, level: "allocations", frames: 5 });
  check({ level: "everything", frames: 0 }, on, on);
  check({ frames: 1.5 }, on, on);
  check({ stopWhen: ["rss > 200MiB", "nonsense", 5, "rss + 10 MB in 5s"] }, on, {
    ...on,
    limits: [
      { of: "rss", bytes: 200 * 1024 ** 2, seconds: null },
      { of: "growth", bytes: 10_000_000, seconds: 5 },
    ],
  });
  check({ traceFunction: "shop.py:load" }, on, { ...on, traceFunction: "shop.py:load" });
  check({ traceFunction: 5 }, on, on);
  check(null, on, on);
  check("allocations", on, on);

  function check(value: unknown, settings: typeof on | typeof off, expected: object) {
    const title = `${value === undefined ? "nothing" : JSON.stringify(value)} over ${JSON.stringify(settings)}`;
    it(title, () => assert.deepEqual(launchChoice(value, settings), expected));
  }
});
