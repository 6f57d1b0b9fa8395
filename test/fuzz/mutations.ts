import type { Edit } from "#base";
import { farReaching, pieces } from "./pieces";

/** Gives a whole number from 0 to below a limit. */
export type Random = (limit: number) => number;

type Mutation = (text: string, random: Random, other: string) => string;

const mutations: readonly Mutation[] = [
  (text, random) => changeLines(text, random, () => []),
  (text, random) => changeLines(text, random, lines => [...lines, ...lines]),
  (text, random) => changeLines(text, random, lines => [...lines].reverse()),
  (text, random) => changeLines(text, random, lines => lines.map(line => ` ${line}`)),
  (text, random) => changeLines(text, random, lines => lines.map(line => line.trimStart())),
  (text, random) => changeToken(text, random, () => ""),
  (text, random) => changeToken(text, random, token => `${token} ${token}`),
  (text, random) => changeToken(text, random, () => tokenAt(text, random(text.length)).text),
  (text, random) => insert(text, random, pieces[random(pieces.length)] ?? ""),
  (text, random) => insert(text, random, farReaching[random(farReaching.length)] ?? ""),
  (text, random) => insert(text, random, String.fromCharCode(random(random(2) ? 128 : 0x10000))),
  (text, random) => insert(text, random, (pieces[random(pieces.length)] ?? "").repeat(random(60))),
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) => text.slice(random(text.length + 1)),
  (text, random) => cutOut(text, random),
  (text, random, other) => text.slice(0, random(text.length)) + other.slice(random(other.length)),
  (text, random, other) => insert(text, random, stretch(other, random, 400)),
  (text, random) => insert(text, random, stretch(text, random, 400)),
];

/** A text made of real ones, changed in a few ways. */
export function mutate(text: string, other: string, random: Random): string {
  let changed = text;
  for (let left = 1 + random(random(3) === 0 ? 4 : 1); left > 0; left--) {
    changed = mutations[random(mutations.length)]?.(changed, random, other) ?? changed;
  }
  return changed;
}

/** Bytes of which some are others than in the ones given. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (let left = random(20); left > 0; left--) changed[random(changed.length)] = random(256);
  return changed;
}

/** An edit somewhere in a text, as somebody might make it who means no good. */
export function someEdit(text: string, random: Random): Edit {
  const at = random(text.length + 1);
  const start = random(2) ? at : text.lastIndexOf("\n", at) + 1;
  const removed = [0, 0, random(6), random(300)][random(4)] ?? 0;
  const inserted = random(5) === 0 ? stretch(text, random, 300) : "";
  const piece = random(6) === 0 ? "" : (farReaching[random(farReaching.length)] ?? "");
  return {
    span: { start, end: Math.min(text.length, start + removed) },
    text: inserted || piece,
  };
}

function changeLines(
  text: string,
  random: Random,
  change: (lines: readonly string[]) => readonly string[],
): string {
  const lines = text.split("\n");
  const first = random(lines.length);
  const count = 1 + random(random(4) === 0 ? 20 : 2);
  return [
    ...lines.slice(0, first),
    ...change(lines.slice(first, first + count)),
    ...lines.slice(first + count),
  ].join("\n");
}

function changeToken(text: string, random: Random, change: (token: string) => string): string {
  const { start, text: token } = tokenAt(text, random(text.length + 1));
  return text.slice(0, start) + change(token) + text.slice(start + token.length);
}

/** The first piece of a line that is no white space, from a place on. */
function tokenAt(text: string, place: number): { readonly start: number; readonly text: string } {
  const pattern = /\w+|[^\w\s]/g;
  pattern.lastIndex = place;
  const match = pattern.exec(text);
  return { start: match?.index ?? text.length, text: match?.[0] ?? "" };
}

function insert(text: string, random: Random, piece: string): string {
  const at = random(text.length + 1);
  return text.slice(0, at) + piece + text.slice(at);
}

function cutOut(text: string, random: Random): string {
  const at = random(text.length + 1);
  return text.slice(0, at) + text.slice(at + random(500));
}

function stretch(text: string, random: Random, longest: number): string {
  const start = random(text.length + 1);
  return text.slice(start, start + random(longest));
}
