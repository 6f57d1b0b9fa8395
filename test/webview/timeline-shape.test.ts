import assert from "node:assert/strict";
import fc from "fast-check";
import {
  byteTickLabel,
  byteTicks,
  chartColumns,
  moveInTimeline,
  nearestIndex,
  sampleWords,
  secondTickLabel,
  secondTicks,
  timelineSummary,
  timelineTable,
} from "../../src/webview/model/timeline-shape";
import { shop, viewOf } from "../panel/fixture/runs";

const MiB = 1024 * 1024;

describe("the marks of the bytes' axis", () => {
  const cases: readonly (readonly [max: number, labels: readonly string[]])[] = [
    [184.5 * MiB, ["0", "50 MiB", "100 MiB", "150 MiB", "200 MiB"]],
    [200 * MiB, ["0", "50 MiB", "100 MiB", "150 MiB", "200 MiB"]],
    [3 * 1024 * MiB, ["0", "1 GiB", "2 GiB", "3 GiB"]],
    [2200 * MiB, ["0", "1 GiB", "2 GiB", "3 GiB"]],
    [900, ["0", "500 B", "1000 B"]],
    [0, ["0", "1 B"]],
  ];
  for (const [max, labels] of cases) {
    it(`reach ${byteTickLabel(max)}`, () => {
      assert.deepEqual(byteTicks(max, 4).map(byteTickLabel), labels);
    });
  }

  it("are even, few, and reach the largest figure, whatever it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), max => {
        const ticks = byteTicks(max, 4);
        const step = ticks[1] ?? 0;
        assert.ok((ticks.at(-1) ?? 0) >= max);
        assert.ok(ticks.length >= 2 && ticks.length <= 5);
        ticks.forEach((tick, index) => assert.equal(tick, index * step));
      }),
    );
  });
});

describe("the marks of the time axis", () => {
  const cases: readonly (readonly [from: number, to: number, labels: readonly string[]])[] = [
    [0, 5, ["0 s", "2 s", "4 s"]],
    [0, 0.9, ["0 s", "0.5 s"]],
    [0, 24, ["0 s", "10 s", "20 s"]],
    [0, 200, ["0 s", "1:00", "2:00", "3:00"]],
    [0, 9000, ["0 s", "1:00:00", "2:00:00"]],
  ];
  for (const [from, to, labels] of cases) {
    it(`from ${from} s to ${to} s are round`, () => {
      assert.deepEqual(secondTicks(from, to, 4).map(secondTickLabel), labels);
    });
  }

  it("stay within the axis and are few for a run of any length", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), to => {
        const ticks = secondTicks(0, to, 4);
        assert.ok(ticks.length >= 1 && ticks.length <= 5);
        assert.ok(ticks.every(tick => tick >= 0 && tick <= to + 1e-3));
      }),
    );
  });
});

describe("the timeline's columns", () => {
  it("hold traced memory only where something was traced", () => {
    assert.equal(chartColumns(viewOf({ ...shop, level: "live" }).timeline).traced, null);
    const { seconds, rss, traced } = chartColumns(viewOf(shop).timeline);
    assert.equal(traced?.length, seconds.length);
    assert.equal(rss.length, seconds.length);
    assert.equal(seconds.at(-1), 24);
  });
});

describe("the nearest sample", () => {
  it("is found on both sides and at the ends", () => {
    const t = [0, 50, 100, 400];
    assert.deepEqual(
      [-5, 0, 24, 26, 100, 200, 260, 999].map(time => nearestIndex(t, time)),
      [0, 0, 0, 1, 2, 2, 3, 3],
    );
    assert.equal(nearestIndex([], 5), -1);
  });
});

describe("keys on the timeline", () => {
  const view = viewOf(shop);
  const { t } = view.timeline;
  const last = t.length - 1;

  it("step by sample and stop at the ends", () => {
    assert.equal(moveInTimeline(view, 5, "ArrowRight"), 6);
    assert.equal(moveInTimeline(view, 0, "ArrowLeft"), 0);
    assert.equal(moveInTimeline(view, last, "ArrowRight"), last);
    assert.equal(moveInTimeline(view, 5, "End"), last);
    assert.equal(moveInTimeline(view, 5, "Home"), 0);
    assert.equal(moveInTimeline(view, 5, "Enter"), null);
  });

  it("jump from stop to stop", () => {
    const first = moveInTimeline(view, 0, "PageDown") ?? -1;
    const second = moveInTimeline(view, first, "PageDown") ?? -1;
    assert.deepEqual([t[first], t[second]], [6_000, 12_000]);
    assert.equal(moveInTimeline(view, second, "PageUp"), first);
    assert.equal(moveInTimeline(view, 0, "PageUp"), 0);
  });
});

describe("the timeline in words", () => {
  const view = viewOf(shop);

  it("says a sample, with the stop that it belongs to", () => {
    const index = nearestIndex(view.timeline.t, 6_000);
    assert.match(sampleWords(view, index), /^6\.0 s, RSS [\d.]+ MiB, traced [\d.]+ MiB, stop 1$/);
    assert.match(sampleWords(view, 0), /^0\.0 s, RSS 28\.0 MiB, traced 6\.2 MiB$/);
    assert.equal(sampleWords(view, -1), "No samples yet");
  });

  it("says the whole in a sentence", () => {
    assert.match(
      timelineSummary(view),
      /^Memory over 24\.0 s: RSS from 28\.0 MiB to 184\.2 MiB, peak 184\.\d MiB, 3 stops$/,
    );
    const none = { ...view, timeline: { t: [], rssBytes: [], tracedBytes: [] } };
    assert.equal(timelineSummary(none), "Memory over time: no samples yet");
    assert.deepEqual(timelineTable(none), []);
  });

  it("has a table with the ends, the peak and every stop, newest first", () => {
    const rows = timelineTable(view);
    assert.ok(rows.length >= 20 && rows.length <= 24, `${rows.length} rows`);
    assert.equal(rows[0]?.t, 24_000);
    assert.equal(rows.at(-1)?.t, 0);
    assert.deepEqual(
      rows.map(one => one.note).filter(note => note !== ""),
      ["peak", "stop 3", "stop 2", "stop 1"],
    );
    assert.deepEqual(
      [...rows].sort((a, b) => b.t - a.t),
      rows,
    );
  });
});
