import { joinCells, type NotebookText, type OpenText, readCell } from "#analyzer";
import { applyEdits, type Edit, lineMap, type LineMap, type Span } from "#base";
import type {
  DidChangeNotebookDocumentParams,
  NotebookCell,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
} from "vscode-languageserver";
import type { Positions } from "./positions";
import type { Part, Program } from "./program";
import { applyChanges, type Editable } from "./text-changes";

/** What a change of a notebook says of its cells. */
export type CellChanges = NonNullable<DidChangeNotebookDocumentParams["change"]["cells"]>;

/** A cell's text as the client shows it. */
interface CellDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineMap;
}

/** A cell while the client's changes are carried into it. */
class EditedCell implements Editable {
  text: string;
  lines: LineMap;

  constructor({ text, lines }: CellDocument) {
    this.text = text;
    this.lines = lines;
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  edit(edits: readonly Edit[]): void {
    this.text = applyEdits(this.text, edits);
    this.lines = lineMap(this.text);
  }
}

/** A notebook: its Python cells are one program in their order. */
export class NotebookProgram implements Program {
  readonly uri: string;
  readonly open: OpenText;
  analysed: Program["analysed"] = null;
  wasWhole = false;
  /** All cells in order, also those that are no Python and have no document. */
  #order: readonly string[];
  readonly #documents = new Map<string, CellDocument>();
  #joined: NotebookText = joinCells([]);
  #parts: readonly Part[] = [];

  constructor(
    uri: string,
    cells: readonly NotebookCell[],
    documents: readonly TextDocumentItem[],
    open: OpenText,
  ) {
    this.uri = uri;
    this.open = open;
    this.#order = cells.map(cell => cell.document);
    documents.forEach(document => this.#open(document));
    this.#join();
  }

  get parts(): readonly Part[] {
    return this.#parts;
  }

  get magics(): readonly Span[] {
    return this.#joined.magics;
  }

  change(cells: CellChanges, positions: Positions): void {
    const { structure } = cells;
    if (structure) {
      const { start, deleteCount, cells: added = [] } = structure.array;
      this.#order = this.#order.toSpliced(start, deleteCount, ...added.map(cell => cell.document));
      for (const { uri } of structure.didClose ?? []) this.#documents.delete(uri);
      for (const document of structure.didOpen ?? []) this.#open(document);
    }
    for (const { document, changes } of cells.textContent ?? []) {
      this.#changeCell(document.uri, document.version, changes, positions);
    }
    this.#join();
  }

  #open({ uri, version, text }: TextDocumentItem): void {
    this.#documents.set(uri, { uri, version, text, lines: lineMap(text) });
  }

  #changeCell(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
    positions: Positions,
  ): void {
    const document = this.#documents.get(uri);
    if (!document) return;
    const cell = new EditedCell(document);
    applyChanges(cell, changes, positions);
    this.#documents.set(uri, { uri, version, text: cell.text, lines: cell.lines });
  }

  /** Brings the program's text to that of the cells by the smallest edit. */
  #join(): void {
    const documents = this.#order.flatMap(uri => this.#documents.get(uri) ?? []);
    this.#joined = joinCells(documents.map(({ text }) => readCell(text)));
    const { text, starts } = this.#joined;
    this.#parts = documents.map((document, index) => ({
      ...document,
      start: starts[index] ?? 0,
      slice: (from, to) => document.text.slice(from, to),
    }));
    const edit = changedPart(this.open.text, text);
    if (edit) this.open.edit([edit]);
    this.analysed = null;
  }
}

/** The smallest single replacement that makes one text into the other; null when they are equal. */
export function changedPart(before: string, after: string): Edit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const span: Span = { start, end: before.length - tail };
  return { span, text: after.slice(start, after.length - tail) };
}
