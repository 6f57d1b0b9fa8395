import type { Edit, LineMap, Span } from "#base";
import type { OpenText } from "#analyzer";
import type {
  Position as LspPosition,
  Range,
  TextDocumentContentChangeEvent,
} from "vscode-languageserver";

/**
 * Carries a client's changes into a text. Each change speaks of the text after the one before it;
 * where they come from the end of the text to its start they are applied in one step.
 */
export function applyChanges(
  text: OpenText,
  changes: readonly TextDocumentContentChangeEvent[],
): void {
  let batch: Edit[] = [];
  const flush = () => {
    if (batch.length > 0) text.edit(batch);
    batch = [];
  };
  for (const change of changes) {
    const previous = batch.at(-1);
    const edit = toEdit(text, change);
    if (!previous || edit.span.end < previous.span.start) {
      batch.push(edit);
      continue;
    }
    flush();
    batch.push(toEdit(text, change));
  }
  flush();
}

function toEdit(text: OpenText, change: TextDocumentContentChangeEvent): Edit {
  if (!("range" in change)) {
    return { span: { start: 0, end: text.text.length }, text: change.text };
  }
  return { span: toSpan(text, change.range), text: change.text };
}

/** Turns a range into a span. What lies beyond a line means its end, as the protocol says. */
export function toSpan(text: { text: string; lines: LineMap }, range: Range): Span {
  const start = toOffset(text, range.start);
  return { start, end: Math.max(start, toOffset(text, range.end)) };
}

function toOffset({ text, lines }: { text: string; lines: LineMap }, at: LspPosition): number {
  const start = lines.starts[at.line];
  if (start === undefined) return text.length;
  let end = lines.starts[at.line + 1] ?? text.length;
  while (end > start && isLineEnd(text.charCodeAt(end - 1))) end--;
  return Math.min(start + at.character, end);
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
