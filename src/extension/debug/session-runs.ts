/** Knows to which run each debug session belongs; of a session that attaches that is told later. */
export class SessionRuns<Run> {
  /** By session; null where it turns out that the session is not measured. */
  readonly #runs = new Map<string, Promise<Run | null>>();
  /** By session; of those that still attach. */
  readonly #settle = new Map<string, (run: Run | null) => void>();

  /** A session begins to attach to its program: `set` will tell its run. */
  expect(session: string): void {
    this.#runs.set(session, new Promise(resolve => this.#settle.set(session, resolve)));
  }

  /** Tells the run of a session; null where it is not measured. */
  set(session: string, run: Run | null): void {
    this.#settle.get(session)?.(run);
    this.#settle.delete(session);
    this.#runs.set(session, Promise.resolve(run));
  }

  /**
   * Has a child's session belong to the run of its parent's, and gives that, which may take as long
   * as attaching does; null where nothing is known of the parent.
   */
  join(child: string, parent: string): Promise<Run | null> | null {
    const run = this.#runs.get(parent) ?? null;
    if (run) this.#runs.set(child, run);
    return run;
  }

  /** A session is over. */
  forget(session: string): void {
    this.#runs.delete(session);
  }
}
