import assert from "node:assert/strict";
import { formatBlocksDelta } from "#base";
import type { EmptyReason } from "#protocol";
import { sinceWords } from "../../src/webview/model/stop-words";
import {
  bytesOrDash,
  collectionsWords,
  compactCount,
  costWords,
  endingWords,
  formatTime,
  rateWords,
  reasonWords,
  rowWords,
  sourcesWords,
  statusWords,
  wordsOfEmpty,
} from "../../src/webview/model/words";
import { shop, viewOf } from "../panel/fixture/runs";

describe("the panel's words", () => {
  it("tell every state of the program by a word", () => {
    const words = (["starting", "running", "paused", "ended", "lost"] as const).map(
      status => statusWords(status).word,
    );
    assert.deepEqual(words, ["Starting", "Running", "Paused", "Ended", "Lost"]);
  });

  it("say how a run ended", () => {
    const killed = viewOf({ ...shop, exit: { code: null, signal: "SIGKILL" } }, "ended");
    assert.equal(endingWords(killed), "Killed by SIGKILL");
    assert.equal(endingWords(viewOf(shop, "running")), null);
    assert.match(endingWords(viewOf(shop, "lost")) ?? "", /kept/);
    assert.match(endingWords(viewOf(shop, "starting")) ?? "", /Waiting/);
  });

  const times: readonly (readonly [ms: number, text: string])[] = [
    [-3, "0.0 s"],
    [12_440, "12.4 s"],
    [59_960, "1 min 00 s"],
    [185_000, "3 min 05 s"],
    [7_800_000, "2 h 10 min"],
  ];
  for (const [ms, text] of times) {
    it(`write ${ms} ms as ${text}`, () => assert.equal(formatTime(ms), text));
  }

  it("give a rate a sign, an arrow and a word", () => {
    assert.deepEqual(rateWords(2 ** 20), { text: "+1.0 MiB/s", word: "rising", icon: "arrow-up" });
    assert.deepEqual(rateWords(-(2 ** 20)), {
      text: "−1.0 MiB/s",
      word: "falling",
      icon: "arrow-down",
    });
    assert.equal(rateWords(500).text, "steady");
    assert.equal(rateWords(null).text, "–");
    assert.equal(bytesOrDash(null), "–");
  });

  it("count blocks with a sign", () => {
    assert.equal(formatBlocksDelta(120_412), "+120\u202f412 blocks");
    assert.equal(formatBlocksDelta(-1), "−1 block");
    assert.equal(formatBlocksDelta(0), "±0 blocks");
    assert.deepEqual([0, 512, -512, 9_999, 120_412, -999_600, 4_200_000].map(compactCount), [
      "±0",
      "+512",
      "−512",
      "+9\u202f999",
      "+120k",
      "−1.0M",
      "+4.2M",
    ]);
  });

  it("say a whole row with its source and its owner", () => {
    const { grown } = viewOf(shop);
    assert.equal(
      rowWords(grown[1] ?? assert.fail()),
      "shop/audit.py:29, +37.2 MiB, +448\u202f357 blocks (traced by Python)",
    );
    const [first] = grown;
    assert.ok(first);
    assert.match(rowWords({ ...first, line: 0 }), /^main\.py, \+74/);
    const last = grown.at(-1) ?? assert.fail();
    assert.match(rowWords(last), /, standard library$/);
  });

  it("name every source once", () => {
    const { grown } = viewOf(shop);
    assert.equal(sourcesWords(grown), "traced by Python");
    const [first] = grown;
    assert.ok(first);
    assert.equal(
      sourcesWords([...grown, { ...first, source: "sampled" }]),
      "traced by Python and sampled RSS",
    );
    assert.equal(sourcesWords([]), null);
  });

  it("say what measuring costs only once it is measured", () => {
    const cost = (costPercent: number | null, tracingBytes: number | null = null) =>
      costWords({ costPercent, tracingBytes });
    assert.equal(cost(null), "not measured yet");
    assert.equal(cost(0.01), "below 0.1 % of one core, measured");
    assert.equal(cost(0.84), "0.8 % of one core, measured");
    assert.equal(
      cost(0.84, 5 * 2 ** 20),
      "0.8 % of one core, measured; the tables of tracing took up to 5.0 MiB of the memory",
    );
  });

  it("say what the collector did", () => {
    assert.equal(collectionsWords({ count: 0, pauseMs: 0 }), "no runs");
    assert.equal(collectionsWords({ count: 1, pauseMs: 2.25 }), "1 run, 2.3 ms in all");
    assert.equal(collectionsWords({ count: 1200, pauseMs: 1500 }), "1\u202f200 runs, 1.5 s in all");
  });

  it("say why there is a stop, also one without a place", () => {
    assert.equal(reasonWords({ reason: "breakpoint", at: null }), "breakpoint");
    assert.equal(reasonWords({ reason: "", at: null }), "measured");
  });

  it("give every empty panel a title, a text and one first action", () => {
    const reasons: readonly EmptyReason[] = [
      "no-run",
      "untrusted",
      "no-python",
      "no-debugpy",
      "web",
    ];
    const commands = reasons.map(reason => wordsOfEmpty(reason).primary?.command);
    assert.deepEqual(commands, ["debug", "trust", "selectPython", "selectPython", "openRun"]);
    const titles = new Set(reasons.map(reason => wordsOfEmpty(reason).title));
    assert.equal(titles.size, reasons.length);
  });
});

describe("since when a stop counts", () => {
  const stop = viewOf(shop).stops[0];

  it("is the stop before, the start, or the cell's beginning", () => {
    assert.ok(stop);
    assert.equal(sinceWords({ ...stop, since: 4 }), "since stop 4");
    assert.equal(sinceWords({ ...stop, since: null }), "since the start");
    assert.equal(sinceWords({ ...stop, since: 4, reason: "after the cell" }), "in the cell");
  });
});
