import type { Edit } from "#base";
import { decodePython } from "../../src/cli/python-text";
import { randomNumbers } from "../support/random";
import { mutate, mutateBytes, type Random, someEdit } from "./mutations";

/** One mutated text, with what is to be tried on it. */
export interface FuzzInput {
  readonly text: string;
  /** Each speaks of the text after those before it; empty when the text is only analysed. */
  readonly edits: readonly Edit[];
  readonly hasFixes: boolean;
}

/** Texts that are read when they are needed. */
export interface Texts {
  readonly count: number;
  readonly textAt: (index: number) => string;
}

/** How many of the inputs are edited, fixed, or changed as bytes. */
const share = { edited: 4, fixed: 4, bytes: 10 } as const;

/**
 * Makes the input of a number: the same one for the same seed, number and files.
 *
 * @param files real code, and texts in which the rules find something.
 */
export function makeInput(seed: number, index: number, files: Texts, findable: Texts): FuzzInput {
  const random = randomNumbers(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index, 0x85ebca6b));
  // The first numbers of neighbouring seeds are alike.
  for (let i = 0; i < 4; i++) random(2);
  const some = () => {
    const texts = random(3) === 0 ? findable : files;
    return piece(texts.textAt(random(texts.count)), random);
  };
  const mutated = mutate(some(), some(), random);
  const text = random(share.bytes) === 0 ? throughBytes(mutated, random) : mutated;
  const edits = random(share.edited) === 0 ? editsOf(text, random) : [];
  return { text, edits, hasFixes: random(share.fixed) === 0 };
}

/** Mostly a few functions, seldom a whole file: so that a night tries much, and large files too. */
function piece(text: string, random: Random): string {
  const size = [random(600), random(2500), random(2500), random(12_000)][random(4)] ?? 0;
  if (random(150) === 0 || text.length <= size) return text;
  const start = lineBefore(text, random(text.length - size));
  return text.slice(start, Math.max(start, lineBefore(text, start + size)));
}

/** Where a line begins that is not indented: so that the piece is Python for the most part. */
function lineBefore(text: string, offset: number): number {
  let start = text.lastIndexOf("\n", offset) + 1;
  while (start > 0 && /[\s)\]}]/.test(text.charAt(start)))
    start = text.lastIndexOf("\n", start - 2) + 1;
  return start;
}

/** What the command line makes of some bytes; the text itself when they are no text. */
function throughBytes(text: string, random: Random): string {
  const decoded = decodePython(mutateBytes(Buffer.from(text, "utf8"), random));
  return decoded.kind === "text" ? decoded.text : text;
}

function editsOf(text: string, random: Random): readonly Edit[] {
  const edits: Edit[] = [];
  let current = text;
  const apply = (edit: Edit) => {
    edits.push(edit);
    const { start, end } = edit.span;
    const removed = current.slice(start, end);
    current = current.slice(0, start) + edit.text + current.slice(end);
    return { span: { start, end: start + edit.text.length }, text: removed };
  };
  for (let left = 1 + random(4); left > 0; left--) {
    const back = apply(someEdit(current, random));
    // What is typed is mostly taken back, and the file stays mostly Python.
    if (random(3) > 0) apply(back);
  }
  return edits;
}
