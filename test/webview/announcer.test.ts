import assert from "node:assert/strict";
import type { LiveView } from "#profile";
import {
  type Announcements,
  announce,
  quietMs,
  sayWaiting,
  silent,
} from "../../src/webview/model/announcer";
import { shop, viewOf } from "../panel/fixture/runs";

const MiB = 1024 * 1024;
const running: LiveView = { ...viewOf({ ...shop, stops: 0 }), rssBytes: 100 * MiB, rssRate: MiB };

/** Plays views at times and gives each new text with its time. */
function spoken(plays: readonly (readonly [at: number, view: LiveView])[]): readonly string[] {
  const said: string[] = [];
  let past: Announcements = silent;
  for (const [at, view] of plays) {
    const next = announce(past, view, at);
    if (next.text !== past.text) said.push(`${at}: ${next.text}`);
    past = next;
  }
  return said;
}

describe("what a screen reader hears", () => {
  it("is the state first, then memory only when it moved by a tenth", () => {
    assert.deepEqual(
      spoken([
        [0, running],
        [6_000, { ...running, rssBytes: 105 * MiB }],
        [12_000, { ...running, rssBytes: 120 * MiB }],
      ]),
      ["0: main.py: running, memory 100.0 MiB", "12000: Memory 120.0 MiB, rising"],
    );
  });

  it("is at most one message in five seconds, and the newest news", () => {
    const paused = viewOf(shop, "paused");
    let past = announce(silent, running, 0);
    past = announce(past, paused, 1_000);
    assert.equal(past.text, "main.py: running, memory 100.0 MiB");
    past = announce(past, viewOf({ ...shop, exit: { code: 1, signal: null } }, "ended"), 2_000);
    past = sayWaiting(past, quietMs - 1);
    assert.match(past.text, /running/);
    past = sayWaiting(past, quietMs);
    assert.match(past.text, /^Program ended: ended with exit code 1, peak 184\.\d MiB$/);
    assert.equal(past.waiting, null);
  });

  it("names the place of a stop and what grew", () => {
    assert.deepEqual(spoken([[0, viewOf(shop, "paused")]]), [
      "0: Paused at shop/reports/monthly_summary.py, line 29, +12.0 MiB since the last stop",
    ]);
  });

  it("is told of a lost and a starting program", () => {
    assert.match(spoken([[0, viewOf(shop, "lost")]])[0] ?? "", /stopped reporting/);
    assert.match(spoken([[0, viewOf(shop, "starting")]])[0] ?? "", /starting$/);
  });
});
