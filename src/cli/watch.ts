import { watch } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";

/** Editors write a file in several steps; what comes within this time is one change. */
const quietMs = 100;

/**
 * Runs once, and again after each change below the paths, one run at a time. Resolves only when
 * `signal` is aborted, after the run that is under way. @throws Error when a path cannot be watched.
 */
export async function runOnChanges(
  paths: readonly string[],
  signal: AbortSignal,
  run: () => Promise<void>,
): Promise<void> {
  const changes = new Changes();
  const watchers = await Promise.all(paths.map(path => watchPath(resolve(path), changes)));
  signal.addEventListener("abort", () => changes.end(), { once: true });
  try {
    while (!signal.aborted) {
      await run();
      await changes.next();
    }
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

async function watchPath(path: string, changes: Changes): Promise<{ close(): void }> {
  if ((await stat(path)).isDirectory()) {
    return watch(path, { recursive: true }, (_event, name) => {
      if (name === null || isWatched(name)) changes.tell();
    });
  }
  // A file that is replaced is another file; its folder stays.
  return watch(dirname(path), (_event, name) => {
    if (name === null || name === basename(path)) changes.tell();
  });
}

/** What a run reads: Python, notebooks, and what configures it. */
function isWatched(name: string): boolean {
  return /\.(?:pyw?|pyi|ipynb|toml)$|\.gitignore$/i.test(name);
}

/** Changes since the last run, told to whoever waits for the next one. */
class Changes {
  #isChanged = false;
  #wake: (() => void) | null = null;
  #isEnded = false;

  tell(): void {
    this.#isChanged = true;
    this.#wake?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  /** Resolves after a change, when it has been quiet for a moment; at once at the end. */
  async next(): Promise<void> {
    if (!this.#isChanged && !this.#isEnded) {
      await new Promise<void>(resolveWait => (this.#wake = resolveWait));
      this.#wake = null;
    }
    while (this.#isChanged && !this.#isEnded) {
      this.#isChanged = false;
      await new Promise(resolveWait => setTimeout(resolveWait, quietMs));
    }
  }
}
