import type { OpenText } from "#analyzer";
import type {
  NotebookCell,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
} from "vscode-languageserver";
import { KeptTrees } from "./kept-trees";
import { type CellChanges, NotebookProgram } from "./notebook-program";
import type { Positions } from "./positions";
import { FileProgram, type Part, type Program } from "./program";
import { SteadyText } from "./steady-text";

/** An open document and the program that it belongs to. */
export interface OpenDocument {
  readonly program: Program;
  readonly part: Part;
}

/**
 * The open files and notebooks as the client has them. Changes to what was never opened are dropped:
 * a client that sends them has lost its own count.
 */
export class Documents {
  readonly #files = new Map<string, FileProgram>();
  readonly #notebooks = new Map<string, NotebookProgram>();
  readonly #positions: Positions;
  readonly #onFailure: (error: unknown) => void;
  readonly #trees = new KeptTrees();

  /** `onFailure` is told of bugs in following a text, which is then opened anew. */
  constructor(positions: Positions, onFailure: (error: unknown) => void) {
    this.#positions = positions;
    this.#onFailure = onFailure;
  }

  /** Finds a file or a cell; undefined when it is not open. */
  get(uri: string): OpenDocument | undefined {
    const file = this.#files.get(uri);
    if (file) return { program: file, part: file.parts[0] };
    for (const program of this.#notebooks.values()) {
      const part = program.parts.find(cell => cell.uri === uri);
      if (part) return { program, part };
    }
    return undefined;
  }

  programs(): readonly Program[] {
    return [...this.#files.values(), ...this.#notebooks.values()];
  }

  program(uri: string): Program | undefined {
    return this.#files.get(uri) ?? this.#notebooks.get(uri);
  }

  open(uri: string, version: number, text: string): void {
    this.#forget(this.#files.get(uri));
    this.#files.set(uri, new FileProgram(uri, version, this.#steady(text)));
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    this.#files.get(uri)?.change(version, changes, this.#positions);
  }

  close(uri: string): void {
    this.#forget(this.#files.get(uri));
    this.#files.delete(uri);
  }

  openNotebook(
    uri: string,
    cells: readonly NotebookCell[],
    documents: readonly TextDocumentItem[],
  ): void {
    this.#notebooks.set(uri, new NotebookProgram(uri, cells, documents, this.#steady("")));
  }

  /** Gives the documents that are no longer open. */
  changeNotebook(uri: string, cells: CellChanges): readonly Part[] {
    const notebook = this.#notebooks.get(uri);
    if (!notebook) return [];
    const before = notebook.parts;
    notebook.change(cells, this.#positions);
    return before.filter(({ uri: cell }) => notebook.parts.every(part => part.uri !== cell));
  }

  /** Gives the documents that are no longer open. */
  closeNotebook(uri: string): readonly Part[] {
    const parts = this.#notebooks.get(uri)?.parts ?? [];
    this.#forget(this.#notebooks.get(uri));
    this.#notebooks.delete(uri);
    return parts;
  }

  /** Whoever still holds the program sees that nothing is known of it any more. */
  #forget(program: Program | undefined): void {
    if (!program) return;
    program.analysed = null;
    this.#trees.forget(program.open);
  }

  #steady(text: string): OpenText {
    return new SteadyText(text, this.#onFailure, { trees: this.#trees });
  }
}
