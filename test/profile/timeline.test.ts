import assert from "node:assert/strict";
import fc from "fast-check";
import { createProfileBuilder, liveView } from "#profile";
import { helloMessage, pid, runRecord } from "./records";

const day = 24 * 60 * 60 * 1000;

/** A builder that has seen one sample every `stepMs` for `spanMs`; `rss(i)` gives the figure. */
function sampled(spanMs: number, stepMs: number, rss: (i: number) => number) {
  const builder = createProfileBuilder();
  builder.add(runRecord);
  builder.add({ ...helloMessage, pid });
  for (let i = 0; i * stepMs < spanMs; i++) {
    const columns = { t: [i * stepMs], rss: [rss(i)], traced: [null], blocks: [i] };
    builder.add({ kind: "samples", ...columns, pid });
  }
  return builder.profile();
}

describe("timeline", () => {
  it("keeps a day of samples in bounded space, with its peak and its lowest point", () => {
    const { timeline, peakRssBytes } = sampled(day, 500, i => {
      if (i === 1_234) return 9_999_999;
      return i === 5_678 ? 1 : 1_000_000 + (i % 1_000);
    });
    assert.ok(timeline.t.length <= 20_000, `${timeline.t.length} points`);
    assert.ok(timeline.t.length > 2_000);
    assert.equal(peakRssBytes, 9_999_999);
    assert.ok(timeline.rssBytes.includes(9_999_999));
    assert.ok(timeline.rssBytes.includes(1));
    assert.equal(timeline.t[0], 0);
    assert.equal(timeline.t.at(-1), day - 500);
  });

  it("keeps the newest samples as they are", () => {
    const { timeline } = sampled(25_000, 1, i => i);
    const newest = timeline.t.slice(-1_000);
    assert.deepEqual(
      newest,
      Array.from({ length: 1_000 }, (_, i) => 24_000 + i),
    );
  });

  it("stays sorted, and its columns of one length, when a clock runs back", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { maxLength: 300 }), times => {
        const builder = createProfileBuilder();
        for (const t of times) {
          builder.add({ kind: "samples", t: [t], rss: [t], traced: [null], blocks: [0], pid });
        }
        const { t, rssBytes, tracedBytes, blocks } = builder.profile().timeline;
        assert.deepEqual(
          t,
          [...t].sort((a, b) => a - b),
        );
        assert.deepEqual(
          [rssBytes, tracedBytes, blocks].map(c => c.length),
          [t.length, t.length, t.length],
        );
      }),
    );
  });

  it("draws at most the points asked for, with the lowest and highest of each span", () => {
    const arbitrary = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 3_000 });
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 8, max: 700 }), (values, maxPoints) => {
        const profile = sampled(values.length, 1, i => values[i] ?? 0);
        const view = liveView(profile, { status: "running", roots: [], maxPoints });
        const { t, rssBytes } = view.timeline;
        assert.ok(t.length <= maxPoints, `${t.length} of ${maxPoints}`);
        assert.equal(Math.max(...rssBytes), Math.max(...values));
        assert.equal(Math.min(...rssBytes), Math.min(...values));
        assert.equal(t[0], 0);
        assert.equal(t.at(-1), values.length - 1);
        assert.deepEqual(
          t,
          [...new Set(t)].sort((a, b) => a - b),
        );
      }),
      { numRuns: 60 },
    );
  });
});
