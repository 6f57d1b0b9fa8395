import type { Span } from "#base";

/** A text of equal length in which the lines that break the rest are blanked out. */
export interface Recovered {
  readonly text: string;
  /** What was blanked out, sorted; empty when nothing was found. */
  readonly masked: readonly Span[];
}

/** A file with more breakages than this is not being typed, it is something else than Python. */
const maxRepairs = 20;

/**
 * Finds the lines that swallow the code after them, and blanks them out. A bracket or a triple quote
 * that is not closed yet makes a parser lose the functions below; two signs betray it: `def` and
 * `class` never stand inside brackets, and no string is followed at once by a letter.
 */
export function blankOutOpenLines(text: string): Recovered {
  let current = text;
  const masked: Span[] = [];
  for (let from = 0; masked.length < maxRepairs;) {
    const culprit = findOpenLine(current, from);
    if (!culprit) break;
    masked.push(culprit);
    current =
      current.slice(0, culprit.start) + blank(current, culprit) + current.slice(culprit.end);
    from = culprit.end;
  }
  return { text: current, masked };
}

/** Spaces of the same length after a `0`, the shortest statement, so that no block becomes empty. */
function blank(text: string, span: Span): string {
  const old = text.slice(span.start, span.end);
  const indent = /^[ \t]*/.exec(old)?.[0] ?? "";
  const rest = old.slice(indent.length).replace(/[^\r\n]/g, " ");
  return indent + rest.replace(" ", "0");
}

interface OpenString {
  readonly at: number;
  readonly quote: string;
}

/** Reads from a line start on; gives the lines to blank out for the first sign of trouble. */
function findOpenLine(text: string, from: number): Span | null {
  const brackets: number[] = [];
  const token =
    /"""|'''|["']|#|[([{]|[)\]}]|\\[\s\S]|\n[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w/g;
  token.lastIndex = from;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found.startsWith("\n")) {
      const [first] = brackets;
      if (first !== undefined) return linesOf(text, first, match.index + 1);
    } else if (found === "#") {
      token.lastIndex = lineEnd(text, match.index);
    } else if ("([{".includes(found)) brackets.push(match.index);
    else if (")]}".includes(found)) brackets.pop();
    else if (!found.startsWith("\\")) {
      const end = stringEnd(text, { at: match.index, quote: found });
      if (end === null) return linesOf(text, match.index, text.length);
      // A prefix such as `f` stands before a string; after one, a letter shows that it is flipped.
      if (found.length === 3 && /\w/.test(text.charAt(end))) return oneLine(text, match.index);
      token.lastIndex = end;
    }
  }
  return null;
}

/** Offset after the closing quote; null for a triple-quoted string that never ends. */
function stringEnd(text: string, { at, quote }: OpenString): number | null {
  for (let i = at + quote.length; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "\\") i++;
    else if (quote.length === 1 && character === "\n") return i;
    else if (text.startsWith(quote, i)) return i + quote.length;
  }
  return quote.length === 1 ? text.length : null;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function oneLine(text: string, at: number): Span {
  return { start: lineStart(text, at), end: lineEnd(text, at) };
}

/** The line of the opening and the deeper lines under it, at most up to `limit`. */
function linesOf(text: string, at: number, limit: number): Span {
  const start = lineStart(text, at);
  const indent = indentOf(text, start);
  let end = lineEnd(text, at);
  while (end + 1 < limit) {
    const next = end + 1;
    const nextEnd = lineEnd(text, next);
    const isBlank = text.slice(next, nextEnd).trim() === "";
    if (!isBlank && indentOf(text, next) <= indent) break;
    end = nextEnd;
  }
  return { start, end };
}

function indentOf(text: string, start: number): number {
  let at = start;
  while (text.charAt(at) === " " || text.charAt(at) === "\t") at++;
  return at - start;
}
