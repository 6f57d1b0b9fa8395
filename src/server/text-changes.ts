import type { Edit } from "#base";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { Lined, Positions } from "./positions";

/** A text that changes. */
export interface Editable extends Lined {
  /** The edits do not overlap and speak of the text before all of them. */
  edit(edits: readonly Edit[]): void;
}

/**
 * Carries a client's changes into a text. Each change speaks of the text after the one before it;
 * where they come from the end of the text to its start they are applied in one step.
 */
export function applyChanges(
  text: Editable,
  changes: readonly TextDocumentContentChangeEvent[],
  positions: Positions,
): void {
  let batch: Edit[] = [];
  const flush = () => {
    if (batch.length > 0) text.edit(batch);
    batch = [];
  };
  for (const change of changes) {
    const previous = batch.at(-1);
    const edit = toEdit(text, change, positions);
    if (!previous || edit.span.end < previous.span.start) {
      batch.push(edit);
      continue;
    }
    flush();
    batch.push(toEdit(text, change, positions));
  }
  flush();
}

function toEdit(text: Lined, change: TextDocumentContentChangeEvent, positions: Positions): Edit {
  if (!("range" in change)) {
    return { span: { start: 0, end: text.lines.length }, text: change.text };
  }
  return { span: positions.toSpan(text, change.range), text: change.text };
}
