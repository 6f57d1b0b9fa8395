import type { LiveView } from "#profile";

/** Two stops to compare; `from` null is the start. */
export interface StopPair {
  readonly from: number | null;
  readonly to: number;
}

type Shown = Pick<LiveView, "pid" | "program" | "stops">;

/**
 * The stops that the panel compares. Whoever asked up to the newest one sees what comes after it too;
 * numbers of one run mean nothing in another.
 */
export class ComparedStops {
  #asked: (StopPair & { readonly isToNewest: boolean; readonly run: string }) | null = null;

  /** Somebody has chosen two stops of what is shown. */
  ask({ from, to }: StopPair, view: Shown): void {
    this.#asked = { from, to, isToNewest: newestLike(to, view) === to, run: runOf(view) };
  }

  /** Gives the stops to compare in what is shown now; null where nobody has chosen any. */
  in(view: Shown): StopPair | null {
    if (this.#asked?.run !== runOf(view)) return null;
    const { from, to, isToNewest } = this.#asked;
    return { from, to: isToNewest ? (newestLike(to, view) ?? to) : to };
  }
}

/** Tells whether two views are of one run. */
export function runOf({ pid, program }: Pick<LiveView, "pid" | "program">): string {
  return `${pid ?? ""} ${program}`;
}

/** The newest stop of the process that made a stop; null for one that is no longer listed. */
function newestLike(id: number, { stops }: Shown): number | null {
  const stop = stops.find(each => each.id === id);
  if (!stop) return null;
  return stops.find(({ process }) => process?.pid === stop.process?.pid)?.id ?? null;
}
