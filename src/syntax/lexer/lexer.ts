import type { Span } from "#base";
import type { Comment } from "../ast";
import { isDigit, isIdentifier, isWordPart, isWordStart, tabWidth } from "./characters";
import { betraysOpenBracket } from "./open-bracket";
import { operatorKind, operatorLength } from "./operators";
import { type Braces, formattedStringEnd, plainStringEnd, quoteLength } from "./strings";
import * as token from "./token";
import { kindOfWord } from "./token";

/** The tokens of a text as columns. Comments, blank lines and line joins are left out. */
export interface Tokens {
  readonly text: string;
  readonly size: number;
  readonly kinds: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly comments: readonly Comment[];
  /** Where the text is no token; sorted. */
  readonly errors: readonly Span[];
  /** Expressions in the braces of an f-string, by the token's index. */
  readonly braces: ReadonlyMap<number, readonly Braces[]>;
  /** True when a bracket, a string or a joined line is still open at the end of what was read. */
  readonly isOpen: boolean;
  /** Where triple quotes begin that seem to have no end; a later text may close them. */
  readonly openQuotes: readonly number[];
}

/** Splits Python text into tokens. Never throws; what is no token is one of kind `invalid`. */
export function tokenize(text: string): Tokens {
  const lexer = new Lexer(text, 0, text.length, 0);
  lexer.run();
  return lexer.finish();
}

/**
 * Tokens of whole lines, the first of which may be indented. `next` is how the text goes on: it
 * betrays a bracket that was left open.
 */
export function tokenizeLines(lines: string, next: string): Tokens {
  const lexer = new Lexer(lines + next, 0, lines.length, 0);
  lexer.run();
  return lexer.finish();
}

/** Tokens of an expression in braces: line breaks in it mean nothing. */
export function tokenizeBraces(text: string, { start, end }: Braces): Tokens {
  const lexer = new Lexer(text, start, end, 1);
  lexer.run();
  return lexer.finish();
}

const number = new RegExp(
  [
    "0[xX][0-9a-fA-F_]+",
    "0[oO][0-7_]+",
    "0[bB][01_]+",
    "(?:[0-9][0-9_]*)?\\.[0-9][0-9_]*(?:[eE][+-]?[0-9][0-9_]*)?[jJ]?",
    "[0-9][0-9_]*\\.?(?:[eE][+-]?[0-9][0-9_]*)?[jJlL]?",
  ].join("|"),
  "y",
);

class Lexer {
  readonly #text: string;
  readonly #limit: number;
  #at: number;
  #kinds: Uint8Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #size = 0;
  /** Open brackets. */
  #depth: number;
  #isOpen = false;
  readonly #openQuotes: number[] = [];
  readonly #isNested: boolean;
  /** Columns of the open blocks. */
  readonly #indents = [0];
  readonly #comments: Comment[] = [];
  readonly #errors: Span[] = [];
  readonly #braces = new Map<number, readonly Braces[]>();

  constructor(text: string, start: number, limit: number, depth: number) {
    const capacity = Math.max(16, (limit - start) >> 2);
    this.#text = text;
    this.#at = start;
    this.#limit = limit;
    this.#depth = depth;
    this.#isNested = depth > 0;
    this.#kinds = new Uint8Array(capacity);
    this.#starts = new Uint32Array(capacity);
    this.#ends = new Uint32Array(capacity);
  }

  finish(): Tokens {
    return {
      text: this.#text,
      size: this.#size,
      kinds: this.#kinds,
      starts: this.#starts,
      ends: this.#ends,
      comments: this.#comments,
      errors: this.#errors,
      braces: this.#braces,
      openQuotes: this.#openQuotes,
      isOpen: this.#isOpen || this.#depth > 0 || this.#at > this.#limit,
    };
  }

  run(): void {
    if (!this.#isNested) {
      if (this.#text.charCodeAt(this.#at) === 0xfeff) this.#at++;
      this.#startLine();
    }
    while (this.#at < this.#limit) this.#next();
    if (!this.#isNested) this.#closeBlocks();
    this.#push(token.endOfFile, this.#limit, this.#limit);
  }

  #closeBlocks(): void {
    this.#endLine(this.#limit);
    while (this.#indents.length > 1) this.#dedent();
  }

  #push(kind: number, start: number, end: number): void {
    if (this.#size === this.#kinds.length) this.#grow();
    this.#kinds[this.#size] = kind;
    this.#starts[this.#size] = start;
    this.#ends[this.#size] = end;
    this.#size++;
  }

  #grow(): void {
    const wider = this.#kinds.length * 2;
    const [kinds, starts, ends] = [this.#kinds, this.#starts, this.#ends];
    (this.#kinds = new Uint8Array(wider)).set(kinds);
    (this.#starts = new Uint32Array(wider)).set(starts);
    (this.#ends = new Uint32Array(wider)).set(ends);
  }

  #next(): void {
    const at = this.#at;
    const code = this.#text.charCodeAt(at);
    if (code === 32 || code === 9 || code === 12) this.#at++;
    else if (code === 10 || code === 13) this.#lineBreak(code);
    else if (isWordStart(code)) this.#word();
    else if (code === 35) this.#comment();
    else if (code === 39 || code === 34) this.#string(at, "");
    else if (isDigit(code) || (code === 46 && isDigit(this.#text.charCodeAt(at + 1))))
      this.#number();
    else if (code === 92) this.#join();
    else this.#operator(code);
  }

  #lineBreak(code: number): void {
    const start = this.#at;
    this.#at += code === 13 && this.#text.charCodeAt(start + 1) === 10 ? 2 : 1;
    if (this.#depth > 0) {
      if (this.#isNested || !betraysOpenBracket(this.#text, this.#at)) return;
      this.#errors.push({ start, end: this.#at });
      this.#depth = 0;
    }
    this.#endLine(start);
    this.#startLine();
  }

  #endLine(at: number): void {
    const last = this.#size === 0 ? token.newline : (this.#kinds[this.#size - 1] ?? 0);
    if (last === token.newline || last === token.indent || last === token.dedent) return;
    this.#push(token.newline, at, at);
  }

  /** Skips blank lines and comments, then opens or closes blocks by the column of the next line. */
  #startLine(): void {
    for (;;) {
      const start = this.#at;
      let column = 0;
      let at = start;
      for (; at < this.#limit; at++) {
        const code = this.#text.charCodeAt(at);
        if (code === 32) column++;
        else if (code === 9) column += tabWidth - (column % tabWidth);
        else if (code === 12) column = 0;
        else break;
      }
      this.#at = at;
      if (at >= this.#limit) return;
      const code = this.#text.charCodeAt(at);
      if (code === 35) {
        this.#comment();
      } else if (code !== 10 && code !== 13) {
        // A joined blank line has no column of its own.
        this.#setIndent(column, start, at);
        return;
      }
      if (this.#at >= this.#limit) return;
      this.#at += this.#text.startsWith("\r\n", this.#at) ? 2 : 1;
    }
  }

  #setIndent(column: number, start: number, at: number): void {
    const current = this.#indents.at(-1) ?? 0;
    if (column > current) {
      this.#indents.push(column);
      this.#push(token.indent, start, at);
      return;
    }
    while (column < (this.#indents.at(-1) ?? 0)) this.#dedent();
    if (column === (this.#indents.at(-1) ?? 0)) return;
    // Between two levels: an error in Python; here it goes on at the deeper one that was left.
    this.#errors.push({ start, end: at });
    this.#indents.push(column);
    this.#push(token.indent, start, at);
  }

  #dedent(): void {
    this.#indents.pop();
    this.#push(token.dedent, this.#at, this.#at);
  }

  #word(): void {
    const start = this.#at;
    let at = start;
    // Has a bit above those of ASCII as soon as one of the characters has.
    let bits = 0;
    for (; at < this.#limit; at++) {
      const code = this.#text.charCodeAt(at);
      if (!isWordPart(code)) break;
      bits |= code;
    }
    this.#at = at;
    if (bits > 127 && !isIdentifier(this.#text.slice(start, at))) {
      this.#errors.push({ start, end: at });
    }
    const next = this.#text.charCodeAt(at);
    const length = at - start;
    if ((next === 39 || next === 34) && length <= 2 && at < this.#limit) {
      const prefix = this.#text.slice(start, at).toLowerCase();
      if (stringPrefixes.has(prefix)) {
        this.#string(start, prefix);
        return;
      }
    }
    this.#push(kindOfWord(this.#text, start, at), start, at);
  }

  #string(start: number, prefix: string): void {
    const quote = start + prefix.length;
    const isFormatted = prefix.includes("f") || prefix.includes("t");
    const found: Braces[] = [];
    const { end, isClosed } = isFormatted
      ? formattedStringEnd(this.#text, quote, this.#limit, prefix.includes("r"), found)
      : plainStringEnd(this.#text, quote, this.#limit);
    if (quoteLength(this.#text, quote) === 3 && this.#isFlipped(end, isClosed)) {
      this.#isOpen ||= !isClosed;
      this.#openTripleQuote(start);
      return;
    }
    if (!isClosed) {
      this.#isOpen ||= isFormatted || end >= this.#limit;
      this.#errors.push({ start, end });
    }
    if (found.length > 0) this.#braces.set(this.#size, found);
    this.#push(token.string, start, end);
    this.#at = end;
  }

  /**
   * A triple quote that is not closed yet ends at the next docstring's opening, and what is text
   * and what is code changes places. No string is followed at once by a letter.
   */
  #isFlipped(end: number, isClosed: boolean): boolean {
    return !isClosed || isWordStart(this.#text.charCodeAt(end));
  }

  /** Takes the rest of its line for the string, so that what follows is read as before. */
  #openTripleQuote(start: number): void {
    const rest = /[\r\n]|$/.exec(this.#text.slice(start, this.#limit));
    const end = start + (rest?.index ?? 0);
    this.#errors.push({ start, end });
    this.#openQuotes.push(start);
    this.#push(token.string, start, end);
    this.#at = end;
  }

  #number(): void {
    number.lastIndex = this.#at;
    const after = number.test(this.#text) ? number.lastIndex : this.#at + 1;
    const end = Math.min(after, this.#limit);
    this.#push(token.number, this.#at, end);
    this.#at = end;
  }

  #comment(): void {
    const start = this.#at;
    let end = start;
    while (end < this.#limit) {
      const code = this.#text.charCodeAt(end);
      if (code === 10 || code === 13) break;
      end++;
    }
    this.#comments.push({ span: { start, end }, text: this.#text.slice(start, end) });
    this.#at = end;
  }

  /** A backslash before a line break joins two lines. */
  #join(): void {
    const rest = this.#text.charCodeAt(this.#at + 1);
    if (rest === 10) this.#at += 2;
    else if (rest === 13) this.#at += this.#text.charCodeAt(this.#at + 2) === 10 ? 3 : 2;
    else this.#invalid();
    // Nothing follows the joined lines: what comes after the limit belongs to them.
    if (this.#at >= this.#limit) this.#isOpen = true;
  }

  #operator(code: number): void {
    const start = this.#at;
    const kind = operatorKind(this.#text, start, code);
    if (kind === token.invalid) {
      this.#invalid();
      return;
    }
    const end = Math.min(start + operatorLength(kind), this.#limit);
    if (code === 40 || code === 91 || code === 123) this.#depth++;
    else if ((code === 41 || code === 93 || code === 125) && this.#depth > 0) this.#depth--;
    this.#push(kind, start, end);
    this.#at = end;
  }

  #invalid(): void {
    const start = this.#at++;
    this.#errors.push({ start, end: this.#at });
    this.#push(token.invalid, start, this.#at);
  }
}

const stringPrefixes: ReadonlySet<string> = new Set([
  "r",
  "u",
  "b",
  "f",
  "t",
  "br",
  "rb",
  "fr",
  "rf",
  "tr",
  "rt",
  "ur",
]);
