import assert from "node:assert/strict";
import type { Milliseconds } from "#base";
import { type Clock, Outbox, type PanelContent } from "../../../src/extension/panel/outbox";

/** A clock that only moves when told to. */
class HandClock implements Clock {
  #now = 0;
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  now(): Milliseconds {
    return this.#now;
  }

  after(ms: Milliseconds, run: () => void) {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return { dispose: () => void (this.#timers = this.#timers.filter(other => other !== timer)) };
  }

  forward(ms: Milliseconds): void {
    this.#now += ms;
    const due = this.#timers.filter(timer => timer.at <= this.#now);
    this.#timers = this.#timers.filter(timer => timer.at > this.#now);
    for (const timer of due) timer.run();
  }

  get waiting(): number {
    return this.#timers.length;
  }
}

function setUp() {
  const clock = new HandClock();
  const sent: string[] = [];
  const outbox = new Outbox(clock, message => {
    assert.equal(message.version, 1);
    sent.push(`${clock.now()} ${message.kind === "empty" ? (message.detail ?? "") : "view"}`);
  });
  return { clock, sent, outbox };
}

const content = (detail: string): PanelContent => ({ kind: "empty", reason: "no-run", detail });

describe("the panel's outbox", () => {
  it("sends at most four times a second, and the newest content last", () => {
    const { clock, sent, outbox } = setUp();
    outbox.setVisible(true);
    for (let i = 0; i <= 100; i++) {
      outbox.put(content(String(i)));
      clock.forward(10);
    }
    clock.forward(1000);
    assert.equal(sent.length, 6, sent.join());
    assert.ok(sent.at(-1)?.endsWith(" 100"), sent.join());
    const times = sent.map(text => Number(text.split(" ")[0]));
    times.slice(1).forEach((time, index) => assert.ok(time - (times[index] ?? 0) >= 250));
  });

  it("sends nothing while the panel is hidden, and the newest when it shows", () => {
    const { clock, sent, outbox } = setUp();
    outbox.put(content("a"));
    clock.forward(1000);
    outbox.put(content("b"));
    assert.deepEqual(sent, []);
    outbox.setVisible(true);
    assert.deepEqual(sent, ["1000 b"]);
    outbox.setVisible(false);
    outbox.put(content("c"));
    clock.forward(5000);
    assert.deepEqual(sent, ["1000 b"]);
  });

  it("does not send what waited when the panel hides meanwhile", () => {
    const { clock, sent, outbox } = setUp();
    outbox.setVisible(true);
    outbox.put(content("a"));
    outbox.put(content("b"));
    outbox.setVisible(false);
    clock.forward(1000);
    assert.deepEqual(sent, ["0 a"]);
  });

  it("sends the same content again to a new document, and at once", () => {
    const { clock, sent, outbox } = setUp();
    outbox.setVisible(true);
    outbox.put(content("a"));
    clock.forward(10);
    outbox.resend();
    assert.deepEqual(sent, ["0 a", "10 a"]);
    clock.forward(1000);
    assert.equal(sent.length, 2);
  });

  it("says nothing without content, and leaves no timer behind", () => {
    const { clock, sent, outbox } = setUp();
    outbox.setVisible(true);
    outbox.resend();
    assert.deepEqual(sent, []);
    outbox.put(content("a"));
    outbox.put(content("b"));
    assert.equal(clock.waiting, 1);
    outbox.dispose();
    assert.equal(clock.waiting, 0);
  });
});
