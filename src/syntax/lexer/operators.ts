import * as token from "./token";
import { kindOf } from "./token";

const singleOperators: ReadonlyMap<number, number> = new Map(
  "( ) [ ] { } , : ; . = < > + - * / % @ & | ^ ~ !"
    .split(" ")
    .map(character => [character.charCodeAt(0), kindOf(character as "(")] as const),
);

/** The kind of the operator of a length at a place. */
export function operatorKind(text: string, at: number, length: number): number {
  if (length === 1) return singleOperators.get(text.charCodeAt(at)) ?? token.invalid;
  return kindOf(text.slice(at, at + length) as "->");
}

/** Length of the operator at a place; 0 when there is none. */
export function operatorLength(text: string, at: number, code: number): number {
  const second = text.charCodeAt(at + 1);
  const third = text.charCodeAt(at + 2);
  switch (code) {
    case 40:
    case 41:
    case 91:
    case 93:
    case 123:
    case 125:
    case 44:
    case 59:
    case 126:
      return 1;
    case 58: // :
    case 61: // =
    case 43: // +
    case 37: // %
    case 64: // @
    case 38: // &
    case 124: // |
    case 94: // ^
      return second === 61 ? 2 : 1;
    case 33: // !
      return second === 61 ? 2 : 1;
    case 45: // -
      return second === 61 || second === 62 ? 2 : 1;
    case 42: // *
    case 47: // /
      if (second === code) return third === 61 ? 3 : 2;
      return second === 61 ? 2 : 1;
    case 60: // <
      if (second === 60) return third === 61 ? 3 : 2;
      return second === 61 || second === 62 ? 2 : 1;
    case 62: // >
      if (second === 62) return third === 61 ? 3 : 2;
      return second === 61 ? 2 : 1;
    case 46: // .
      return second === 46 && third === 46 ? 3 : 1;
    default:
      return 0;
  }
}
