/** Something that holds a resource until it is told to let go. Disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables and disposes them in reverse order of their registration. */
export class DisposableStore implements Disposable {
  readonly #owned: Disposable[] = [];

  /** Takes ownership and hands the value back. */
  register<T extends Disposable>(value: T): T {
    this.#owned.push(value);
    return value;
  }

  dispose(): void {
    for (let owned = this.#owned.pop(); owned; owned = this.#owned.pop()) owned.dispose();
  }
}
