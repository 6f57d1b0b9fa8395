import { lineEndOf, withLineEnds } from "#analyzer";
import type { Edit } from "#base";
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Positions } from "./positions";
import { type Part, placeOf, type Program } from "./program";

/** What the client needs of an edit. */
export interface EditContext {
  readonly positions: Positions;
  /** Whether the client takes edits that name the version they are for. */
  readonly hasVersionedEdits: boolean;
}

/** Gives edits of a program as edits of the documents that it is made of. */
export function toWorkspaceEdit(
  program: Program,
  edits: readonly Edit[],
  { positions, hasVersionedEdits }: EditContext,
): WorkspaceEdit {
  const lineEnd = lineEndOf(program.open.text);
  const byPart = new Map<Part, TextEdit[]>();
  for (const edit of edits) {
    const place = placeOf(program, edit.span);
    if (!place) continue;
    const { part, span } = place;
    const range = positions.toRange(part, span);
    const textEdit = { range, newText: withLineEnds(edit, lineEnd).text };
    byPart.set(part, [...(byPart.get(part) ?? []), textEdit]);
  }
  const parts = [...byPart];
  return hasVersionedEdits
    ? {
        documentChanges: parts.map(([{ uri, version }, textEdits]) => ({
          textDocument: { uri, version },
          edits: textEdits,
        })),
      }
    : { changes: Object.fromEntries(parts.map(([{ uri }, textEdits]) => [uri, textEdits])) };
}
