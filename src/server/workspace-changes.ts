/** Which files of the workspace may have other diagnostics than when they were last reported. */
export class WorkspaceChanges {
  /** Counts changes, so that whoever reported can tell whether there were any since. */
  #count = 0;
  readonly #changed = new Map<string, number>();
  /** Count at the last change that concerned every file. */
  #all = 0;
  /** By URI; compared with the changes since, and replaced by the next report. */
  readonly #reported = new Map<string, { readonly resultId: string; readonly at: number }>();
  readonly #waiting = new Set<() => void>();

  get count(): number {
    return this.#count;
  }

  add(uri: string): void {
    this.#changed.set(uri, ++this.#count);
    this.#wake();
  }

  /** Settings, folders or files that settings are read from: everything may be another. */
  addAll(): void {
    this.#all = ++this.#count;
    this.#changed.clear();
    this.#wake();
  }

  /** Keeps what a client was told of a closed file, as it was read at a count. */
  note(uri: string, resultId: string, at: number): void {
    this.#reported.set(uri, { resultId, at });
  }

  /** Whether a closed file is still the one that a client was told of. */
  isReported(uri: string, resultId: string | undefined): boolean {
    const reported = this.#reported.get(uri);
    if (reported?.resultId !== resultId || !reported) return false;
    return this.#all <= reported.at && (this.#changed.get(uri) ?? 0) <= reported.at;
  }

  /** Resolves at the next change, or when `whenCancelled` calls back. */
  next(whenCancelled: (wake: () => void) => void): Promise<void> {
    return new Promise(resolve => {
      const wake = () => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
      whenCancelled(wake);
    });
  }

  /** Lets go of whoever waits. */
  dispose(): void {
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
