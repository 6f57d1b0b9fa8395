import type { Bytes, Milliseconds } from "#base";
import type { Timeline } from "./model";
import { BoundedTimeline } from "./timeline";

/** How far the processes may lag behind each other before the last is no longer waited for. */
const mostLagMs: Milliseconds = 1_000;
/** So many samples are put in order at once, also while nobody looks. */
const settledAtOnce = 5_000;

/** A sample of one process, or its end, where the figures are null. */
interface Event {
  readonly pid: number;
  readonly t: Milliseconds;
  readonly figures: Figures | null;
}

/** `traced` is NaN where nothing is traced. */
interface Figures {
  readonly rss: number;
  readonly traced: number;
  readonly blocks: number;
}

/**
 * The memory of all processes of a run together, on one clock. Each sends its samples in batches,
 * so they are put in order before they are added up.
 */
export class SumTimeline {
  readonly #timeline = new BoundedTimeline();
  #waiting: Event[] = [];
  #settleAt = settledAtOnce;
  /** When each process that lives was heard of last. */
  readonly #heard = new Map<number, Milliseconds>();
  readonly #current = new Map<number, Figures>();
  #peakRss = 0;
  #peakTraced: number | null = null;

  /** Most resident bytes of all processes at one moment; shared pages count once for each. */
  get peakRssBytes(): Bytes | null {
    return this.#peakRss > 0 ? this.#peakRss : null;
  }

  /** Most traced bytes of all processes at one moment; null where nothing is traced. */
  get peakTracedBytes(): Bytes | null {
    return this.#peakTraced;
  }

  /** Takes a sample of a process; `t` is on the run's clock. */
  add(pid: number, t: Milliseconds, figures: Figures): void {
    this.#waiting.push({ pid, t, figures });
    this.#heard.set(pid, Math.max(t, this.#heard.get(pid) ?? 0));
    if (this.#waiting.length < this.#settleAt) return;
    this.settle(false);
    this.#settleAt = this.#waiting.length + settledAtOnce;
  }

  /** The process is gone, and what it held with it. */
  leave(pid: number, t: Milliseconds): void {
    this.#waiting.push({ pid, t, figures: null });
    this.#heard.delete(pid);
  }

  /** Adds up what can no longer be overtaken, or everything. */
  settle(isOver: boolean): void {
    if (this.#waiting.length === 0) return;
    const limit = isOver ? Infinity : this.#limit();
    this.#waiting.sort((a, b) => a.t - b.t);
    const after = this.#waiting.findIndex(event => event.t > limit);
    const ready = after < 0 ? this.#waiting : this.#waiting.slice(0, after);
    this.#waiting = after < 0 ? [] : this.#waiting.slice(after);
    for (const event of ready) this.#apply(event);
  }

  toTimeline(): Timeline {
    return this.#timeline.toTimeline();
  }

  #limit(): Milliseconds {
    const heard = [...this.#heard.values()];
    const newest = this.#waiting.reduce((latest, { t }) => Math.max(latest, t), 0);
    return heard.length === 0 ? newest : Math.max(Math.min(...heard), newest - mostLagMs);
  }

  #apply({ pid, t, figures }: Event): void {
    if (figures) this.#current.set(pid, figures);
    else this.#current.delete(pid);
    // The end of the last process leaves nothing to draw.
    if (this.#current.size === 0) return;
    const sum = { rss: 0, traced: NaN, blocks: 0 };
    for (const each of this.#current.values()) {
      sum.rss += each.rss;
      sum.blocks += each.blocks;
      if (!Number.isNaN(each.traced)) {
        sum.traced = (Number.isNaN(sum.traced) ? 0 : sum.traced) + each.traced;
      }
    }
    this.#timeline.add(t, sum.rss, sum.traced, sum.blocks);
    this.#peakRss = Math.max(this.#peakRss, sum.rss);
    if (!Number.isNaN(sum.traced)) {
      this.#peakTraced = Math.max(this.#peakTraced ?? 0, sum.traced);
    }
  }
}
