import type * as vscode from "vscode";

/**
 * Stands for a tracker that is not there yet, and hands on to it whatever the session does, also
 * what it did before; nothing where none comes.
 */
export class LateTracker implements vscode.DebugAdapterTracker {
  /** Null once the tracker is there, or will not come. */
  #waiting: ((tracker: vscode.DebugAdapterTracker) => void)[] | null = [];
  #tracker: vscode.DebugAdapterTracker | null = null;

  /** `coming` must not reject. */
  constructor(coming: Promise<vscode.DebugAdapterTracker | null>) {
    void coming.then(tracker => {
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      this.#tracker = tracker;
      if (tracker) for (const call of waiting) call(tracker);
    });
  }

  onWillReceiveMessage(message: unknown): void {
    this.#pass(tracker => tracker.onWillReceiveMessage?.(message));
  }

  onDidSendMessage(message: unknown): void {
    this.#pass(tracker => tracker.onDidSendMessage?.(message));
  }

  onWillStopSession(): void {
    this.#pass(tracker => tracker.onWillStopSession?.());
  }

  onError(error: Error): void {
    this.#pass(tracker => tracker.onError?.(error));
  }

  onExit(): void {
    this.#pass(tracker => tracker.onExit?.(undefined, undefined));
  }

  #pass(call: (tracker: vscode.DebugAdapterTracker) => void): void {
    if (this.#tracker) call(this.#tracker);
    else this.#waiting?.push(call);
  }
}
