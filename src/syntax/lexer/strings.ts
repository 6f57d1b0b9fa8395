/** Where a string literal ends, and what stands in the braces of an f-string. */
export interface StringEnd {
  /** Offset after the closing quote, or where the string breaks off. */
  readonly end: number;
  readonly isClosed: boolean;
}

const backslash = 92;
const lineFeed = 10;
const carriageReturn = 13;

/** How many quotes open the literal at `at`: 1 or 3. */
export function quoteLength(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  return text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote ? 3 : 1;
}

/** Finds the end of a string without braces, whose opening quote is at `at`. */
export function plainStringEnd(text: string, at: number, limit: number): StringEnd {
  return quoteLength(text, at) === 3
    ? longStringEnd(text, at, limit)
    : shortStringEnd(text, at, limit);
}

function shortStringEnd(text: string, at: number, limit: number): StringEnd {
  const quote = text.charCodeAt(at);
  for (let i = at + 1; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === backslash) i += escapeLength(text, i) - 1;
    else if (code === quote) return { end: i + 1, isClosed: true };
    else if (code === lineFeed || code === carriageReturn) return { end: i, isClosed: false };
  }
  return { end: limit, isClosed: false };
}

/** Docstrings are a good part of all text: the engine looks for their ends many times faster. */
function longStringEnd(text: string, at: number, limit: number): StringEnd {
  const quotes = text.slice(at, at + 3);
  let from = at + 3;
  let end = -1;
  for (;;) {
    // An escape may reach into what looked like the end.
    if (end < from) end = text.indexOf(quotes, from);
    if (end < 0 || end >= limit) return { end: limit, isClosed: false };
    const escape = text.slice(from, end).indexOf("\\");
    if (escape < 0) return { end: end + 3, isClosed: end + 3 <= limit };
    from += escape;
    from += escapeLength(text, from);
  }
}

/** A backslash and the character after it; a line break of two characters is one. */
function escapeLength(text: string, at: number): number {
  const isTwo = text.charCodeAt(at + 1) === carriageReturn && text.charCodeAt(at + 2) === lineFeed;
  return isTwo ? 3 : 2;
}

/** A stretch of expression between braces; half-open offsets. */
export interface Braces {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the end of an f-string, and collects the expressions in it. Braces may hold strings with the
 * same quotes and line breaks, as Python 3.12 allows; older Pythons allow less, so no valid text of
 * theirs is read differently.
 */
export function formattedStringEnd(
  text: string,
  at: number,
  limit: number,
  isRaw: boolean,
  found: Braces[],
  depth = 0,
): StringEnd {
  const quote = text.charCodeAt(at);
  const length = quoteLength(text, at);
  const isEnd = (i: number): boolean =>
    text.charCodeAt(i) === quote &&
    (length === 1 || (text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote));
  let i = at + length;
  // Open braces: each is an expression (false) or its format (true).
  const formats: boolean[] = [];
  const isLiteral = (): boolean => formats.length === 0 || formats.at(-1) === true;
  while (i < limit) {
    const code = text.charCodeAt(i);
    if (isLiteral()) {
      if (isEnd(i)) return { end: i + length, isClosed: i + length <= limit };
      if (length === 1 && (code === lineFeed || code === carriageReturn)) break;
      if (code === backslash && !(isRaw && text.charCodeAt(i + 1) === 123)) {
        // `\N{DASH}` is a character, not an expression; `\{` is a backslash and a brace.
        if (!isRaw && text.startsWith("N{", i + 1)) {
          const close = text.indexOf("}", i);
          if (close < 0 || close >= limit) break;
          i = close + 1;
        } else i += text.charCodeAt(i + 1) === 123 ? 1 : 2;
      } else if (code === 123 && text.charCodeAt(i + 1) === 123 && formats.length === 0) i += 2;
      else if (code === 123) {
        formats.push(false);
        const mostLines = length === 1 ? maxLinesInBraces : maxLinesInTripleBraces;
        const next = expressionEnd(text, i + 1, limit, found, { mostLines, depth });
        if (next < 0) break;
        i = next;
        if (text.charCodeAt(i) === 58) {
          formats[formats.length - 1] = true;
          i++;
        }
      } else if (code === 125) {
        formats.pop();
        i++;
      } else i++;
    } else if (code === 125) {
      formats.pop();
      i++;
    } else break;
  }
  const lineEnd = text.slice(at, limit).search(/[\r\n]/);
  return { end: length === 1 && lineEnd >= 0 ? at + lineEnd : limit, isClosed: false };
}

/** Offset of the `}` or of the `:` that ends an expression in braces; -1 when there is none. */
function expressionEnd(
  text: string,
  start: number,
  limit: number,
  found: Braces[],
  { mostLines, depth: level }: { readonly mostLines: number; readonly depth: number },
): number {
  let depth = 0;
  let lines = 0;
  for (let i = start; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === 40 || code === 91 || code === 123) depth++;
    else if (code === 41 || code === 93) depth--;
    else if (code === 39 || code === 34) {
      const { end, isClosed } = plainOrFormattedEnd(text, i, limit, level + 1);
      if (!isClosed) return -1;
      i = end - 1;
    } else if (code === 35) {
      const end = text.indexOf("\n", i);
      if (end < 0) return -1;
      i = end;
    } else if (code === lineFeed && ++lines > mostLines) return -1;
    else if (code === 125 && depth > 0) depth--;
    else if (depth === 0 && endsExpression(text, i, code)) {
      found.push({ start, end: i });
      if (code !== 33) return i;
      // `!r` and the like stand before the end.
      while (i < limit && text.charCodeAt(i) !== 58 && text.charCodeAt(i) !== 125) i++;
      return i < limit ? i : -1;
    }
  }
  return -1;
}

/** f-strings in the braces of f-strings; each level is read once more by the level above. */
const maxNesting = 20;

/** An unclosed brace in a one-line f-string would otherwise take the rest of the file. */
const maxLinesInBraces = 20;

/** Between triple quotes people write more, but each unclosed brace must not read all that follows. */
const maxLinesInTripleBraces = 200;

function endsExpression(text: string, at: number, code: number): boolean {
  if (code === 125 || code === 58) return true;
  return code === 33 && text.charCodeAt(at + 1) !== 61;
}

/** A string inside braces; whether it is an f-string is told by the letters before it. */
function plainOrFormattedEnd(text: string, at: number, limit: number, depth: number): StringEnd {
  const last = smallLetterAt(text, at - 1);
  const before = [last, last === 0 ? 0 : smallLetterAt(text, at - 2)];
  const isFormatted = before.includes(smallF) || before.includes(smallT);
  return isFormatted && depth < maxNesting
    ? formattedStringEnd(text, at, limit, before.includes(smallR), [], depth)
    : plainStringEnd(text, at, limit);
}

const [smallF, smallR, smallT] = [102, 114, 116];

/** The code of a letter, as if it were a small one; 0 for what is no letter of ASCII. */
function smallLetterAt(text: string, at: number): number {
  const code = text.charCodeAt(at) | 32;
  return code >= 97 && code <= 122 ? code : 0;
}
