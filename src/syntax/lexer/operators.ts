import * as token from "./token";
import { is, kindOf, spellingOf } from "./token";

/** How many codes of characters there are in ASCII, of which all operators are. */
const codes = 128;

/** Kinds of the operators of one character, by its code. */
const singles = new Uint8Array(codes).fill(token.invalid);
/** Kinds of those of two characters, by both codes; 0 where two characters are none. */
const pairs = new Uint8Array(codes * codes);
const lengths = new Uint8Array(256);

for (const single of "( ) [ ] { } , : ; . = < > + - * / % @ & | ^ ~ !".split(" ")) {
  singles[single.charCodeAt(0)] = kindOf(single as "(");
}
for (const pair of "-> := == != <= >= <> // << >> ** += -= *= /= %= @= &= |= ^=".split(" ")) {
  pairs[pair.charCodeAt(0) * codes + pair.charCodeAt(1)] = kindOf(pair as "->");
}
for (let kind = 0; kind < lengths.length; kind++) lengths[kind] = spellingOf(kind).length;

const dot = 46;
const equals = 61;

/** The kind of the longest operator at a place, of which `code` is the first character. */
export function operatorKind(text: string, at: number, code: number): number {
  const second = text.charCodeAt(at + 1);
  // What is beyond the text is no number, and equals nothing.
  const isDoubled = second === code;
  if (code === dot) {
    return isDoubled && text.charCodeAt(at + 2) === dot ? is.ellipsis : is.dot;
  }
  const pair = second < codes ? (pairs[code * codes + second] ?? 0) : 0;
  if (pair === 0) return singles[code] ?? token.invalid;
  const isLonger = isDoubled && code !== equals && text.charCodeAt(at + 2) === equals;
  return isLonger ? kindOf((spellingOf(pair) + "=") as "**=") : pair;
}

/** How many characters an operator has. */
export function operatorLength(kind: number): number {
  return lengths[kind] ?? 0;
}
