import type { LimitMessage } from "#profile";
import { findThread } from "./dap";

/** What pausing needs of a debug session and of the run. */
export interface PausingParts {
  /** Sends a request to the debug adapter. */
  readonly request: (command: string, argument?: object) => PromiseLike<unknown>;
  /** Lets the program go on that waits where it passed the limit. */
  readonly resume: () => void;
}

/**
 * Stops the program where it passed a limit, or a few lines later where its Python cannot wait.
 * Rejects when the adapter does; the program goes on in any case.
 */
export async function pauseAtLimit(
  { thread }: Pick<LimitMessage, "thread">,
  { request, resume }: PausingParts,
): Promise<void> {
  try {
    const threadId = findThread(await request("threads"), thread);
    if (threadId !== null) await request("pause", { threadId });
  } finally {
    resume();
  }
}
