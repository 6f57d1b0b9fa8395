/** A text of one shape, as large as asked for. */
export interface Shape {
  readonly name: string;
  /** @param count how often its piece is there; the text grows in proportion to it. */
  readonly write: (count: number) => string;
  /** How many pieces make the text that a program might come across at its worst. */
  readonly largest: number;
  /** At least a piece for each level: such a text is broken off, but whole for the analyzer. */
  readonly isNested?: true;
}

/** One line for each number from 0 on. */
export const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");

/** A shape that is nested as deep as asked for. */
export const deep = (name: string, write: (count: number) => string): Shape => ({
  name: `nested ${name}`,
  write,
  largest: 10_000,
  isNested: true,
});

/** A shape with as many parts as asked for. */
export const wide = (name: string, largest: number, write: (count: number) => string): Shape => ({
  name,
  write,
  largest,
});
