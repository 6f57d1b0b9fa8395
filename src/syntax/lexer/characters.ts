export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A space, a tab or a form feed. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 12;
}

/** All beyond ASCII is taken for a letter, so that a wrong one breaks one name and no more. */
export function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
}

export function isWordPart(code: number): boolean {
  return code > 127 || wordParts[code] === 1;
}

/** Of ASCII; a table, since this is asked of most characters of a text. */
const wordParts = Uint8Array.from({ length: 128 }, (_, code) =>
  isWordStart(code) || isDigit(code) ? 1 : 0,
);

const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** Whether Python admits a word as a name: not with a no-break space or a byte order mark in it. */
export function isIdentifier(word: string): boolean {
  return identifier.test(word);
}

/** A tab goes on to the next multiple of this, as CPython counts columns. */
export const tabWidth = 8;

/** Column of a line's first character that is not blank, as the lexer counts it. */
export function columnOf(text: string, lineStart: number, limit: number): number {
  let column = 0;
  for (let at = lineStart; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 32) column++;
    else if (code === 9) column += tabWidth - (column % tabWidth);
    else if (code === 12) column = 0;
    else break;
  }
  return column;
}
