import type { Disposable, Milliseconds } from "#base";
import type { BetweenView, LiveView } from "#profile";
import { type EmptyReason, panelVersion, type ToPanel } from "#protocol";

/** What the panel can show: a run, or why there is none. */
export type PanelContent =
  | { readonly kind: "view"; readonly view: LiveView; readonly between: BetweenView | null }
  | { readonly kind: "empty"; readonly reason: EmptyReason; readonly detail: string | null };

/** Time, so that tests need not wait for it. */
export interface Clock {
  now(): Milliseconds;
  after(ms: Milliseconds, run: () => void): Disposable;
}

/** At most four messages a second; the newest content wins. */
export const spacingMs: Milliseconds = 250;

/**
 * Sends the newest content to a panel: at most four times a second, never while it is hidden, and
 * again whenever the panel is there anew.
 */
export class Outbox implements Disposable {
  readonly #clock: Clock;
  readonly #post: (message: ToPanel) => void;
  #content: PanelContent | null = null;
  #isVisible = false;
  #isSent = false;
  #sentAt = -Infinity;
  #timer: Disposable | null = null;

  constructor(clock: Clock, post: (message: ToPanel) => void) {
    this.#clock = clock;
    this.#post = post;
  }

  /** Takes new content; it goes out as soon as it may. */
  put(content: PanelContent): void {
    this.#content = content;
    this.#isSent = false;
    this.#sendSoon();
  }

  /** Says whether anybody can see the panel. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#sendSoon();
  }

  /** Sends the content again and at once, since a new document has none. */
  resend(): void {
    this.#isSent = false;
    this.#sentAt = -Infinity;
    this.#timer?.dispose();
    this.#timer = null;
    this.#sendSoon();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = null;
    this.#isVisible = false;
  }

  #sendSoon(): void {
    if (!this.#isVisible || this.#isSent || this.#content === null || this.#timer) return;
    const wait = this.#sentAt + spacingMs - this.#clock.now();
    if (wait <= 0) this.#send(this.#content);
    else this.#timer = this.#clock.after(wait, () => this.#sendLate());
  }

  #sendLate(): void {
    this.#timer = null;
    this.#sendSoon();
  }

  #send(content: PanelContent): void {
    this.#sentAt = this.#clock.now();
    this.#isSent = true;
    this.#post({ ...content, version: panelVersion });
  }
}
