/** Asked between files or nodes by long work; once true it stays true. */
export interface Cancellation {
  readonly isCancelled: boolean;
}

/** Never cancelled. */
export const neverCancelled: Cancellation = { isCancelled: false };
