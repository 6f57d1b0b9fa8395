import type { BetweenView, LiveView } from "#profile";
import { runOf } from "./compared-stops";
import { type PanelCommand, readFromPanel } from "#protocol";

/** What the extension does for the panel. */
export interface PanelHandlers {
  readonly onReady: () => void;
  readonly onCommand: (command: PanelCommand) => void;
  /** `line` counts from 1; the file is one that the panel was shown. */
  readonly onGoto: (file: string, line: number) => void;
  /** The panel wants to know what grew between two stops; `from` null is the start. */
  readonly onCompare: (from: number | null, to: number) => void;
  /** Hears what was refused, and why. */
  readonly onRefused: (problem: string) => void;
}

/** Checks what a panel asks for, and lets it name only files that it was shown. */
export class Inbox {
  readonly #handlers: PanelHandlers;
  /** Files of every view since the run began; emptied when another run begins. */
  readonly #shownFiles = new Set<string>();
  #run = "";

  constructor(handlers: PanelHandlers) {
    this.#handlers = handlers;
  }

  /** Remembers which files a view names. */
  allow(view: LiveView, between: BetweenView | null = null): void {
    const run = runOf(view);
    if (run !== this.#run) this.#shownFiles.clear();
    this.#run = run;
    const snapshotRows = view.snapshots.flatMap(({ rows, changes }) => [...rows, ...changes]);
    const rows = [view.grown, view.atPeak?.rows, snapshotRows, view.leaks?.rows, between?.rows];
    for (const row of rows.flatMap(each => each ?? [])) {
      this.#shownFiles.add(row.file);
    }
    for (const stop of view.stops) {
      if (stop.at) this.#shownFiles.add(stop.at.file);
      for (const row of stop.rows) this.#shownFiles.add(row.file);
    }
  }

  /** Takes a message of the panel. Never throws; what does not pass is refused. */
  receive(data: unknown): void {
    const checked = readFromPanel(data);
    if (checked.kind === "problem") {
      this.#handlers.onRefused(checked.problem);
      return;
    }
    const { message } = checked;
    switch (message.kind) {
      case "ready":
        this.#handlers.onReady();
        break;
      case "command":
        this.#handlers.onCommand(message.command);
        break;
      case "compare":
        this.#handlers.onCompare(message.from, message.to);
        break;
      case "goto":
        this.#goto(message.file, message.line);
    }
  }

  #goto(file: string, line: number): void {
    if (this.#shownFiles.has(file)) this.#handlers.onGoto(file, line);
    else this.#handlers.onRefused("goto: the panel was never shown this file");
  }
}
