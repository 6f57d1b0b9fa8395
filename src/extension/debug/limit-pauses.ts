import type { Disposable } from "#base";
import type { LimitMessage } from "#profile";

/** A process of a run by its number; null is the program itself, which may not have reported yet. */
export type ProcessOfRun = number | null;

/** Stops the process that a debugger's session is about. */
export type Pause = (limit: LimitMessage) => void;

/** What happens at a limit that no session stops for. */
export type MissedLimit = (limit: LimitMessage, process: ProcessOfRun) => void;

/** Knows which debugger's session stops which process of a run where it passes a limit. */
export class LimitPauses {
  readonly #pauses = new Map<ProcessOfRun, Pause>();
  readonly #onMissed: MissedLimit;

  constructor(onMissed: MissedLimit) {
    this.#onMissed = onMissed;
  }

  /** From now on, and until the answer is disposed, a session stops this process. */
  serve(process: ProcessOfRun, pause: Pause): Disposable {
    this.#pauses.set(process, pause);
    return {
      dispose: () => {
        // Another session may serve the same process by now.
        if (this.#pauses.get(process) === pause) this.#pauses.delete(process);
      },
    };
  }

  /** A process has passed a limit: it is stopped, or nothing is; no other process stands for it. */
  pass(limit: LimitMessage, process: ProcessOfRun): void {
    const pause = this.#pauses.get(process);
    if (pause) pause(limit);
    else this.#onMissed(limit, process);
  }
}
