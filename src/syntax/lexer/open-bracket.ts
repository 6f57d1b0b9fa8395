import { isBlank, isWordPart, isWordStart } from "./characters";
import { is, kindOfWord, statementKeywords } from "./token";

/**
 * Whether the line that starts at an offset shows that a bracket before it was left open: a
 * statement's keyword cannot stand in brackets.
 */
export function betraysOpenBracket(text: string, lineStart: number): boolean {
  let at = lineStart;
  while (isBlank(text.charCodeAt(at))) at++;
  const start = at;
  while (isWordPart(text.charCodeAt(at))) at++;
  if (at === start) return text.charCodeAt(at) === 64 && isDecorator(text, at);
  const kind = kindOfWord(text, start, at);
  if (statementKeywords.has(kind)) return true;
  return kind === is.async && /^[ \t]+def\b/.test(text.slice(at, at + 20));
}

/** `@name` at the start of a line; as an operator it stands between operands with spaces. */
function isDecorator(text: string, at: number): boolean {
  return isWordStart(text.charCodeAt(at + 1));
}
