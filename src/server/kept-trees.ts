import type { OpenText } from "#analyzer";

/** Who goes back and forth between some files finds them ready; measured, a tree takes a millisecond for 5 kB. */
const mostTexts = 10;
/** In UTF-16 code units. A tree with its model takes some fifty times as many bytes as its text. */
const mostLength = 1_500_000;

/**
 * Decides which open texts keep their trees: those that were used last. An editor holds hundreds of
 * texts open of which somebody edits one or two.
 */
export class KeptTrees {
  /** In the order of use, the last one at the end; a text that closes or rests leaves it. */
  readonly #texts = new Set<OpenText>();

  /** Tells that a text's tree is needed now. Lets others rest, never this one. */
  used(text: OpenText): void {
    this.#texts.delete(text);
    this.#texts.add(text);
    let length = 0;
    for (const each of this.#texts) length += each.lines.length;
    for (const oldest of this.#texts) {
      if (oldest === text) return;
      if (this.#texts.size <= mostTexts && length <= mostLength) return;
      this.#texts.delete(oldest);
      length -= oldest.lines.length;
      oldest.rest();
    }
  }

  /** The text is closed. */
  forget(text: OpenText): void {
    this.#texts.delete(text);
  }
}
