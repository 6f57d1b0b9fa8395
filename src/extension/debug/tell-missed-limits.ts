import * as vscode from "vscode";
import { describePassed } from "#profile";
import { messages } from "../messages";
import type { ProcessOfRun } from "./limit-pauses";
import type { PassedLimitOfRun, ProfiledRun } from "./profiled-run";

/** How limits are told that a run passed and was not stopped for. */
export interface MissedLimitParts {
  readonly log: vscode.LogOutputChannel;
  /** Says who passed a limit, and why nothing was stopped. */
  readonly describe: (process: ProcessOfRun, limit: string) => string;
  /** Opens a line, from 1, of a file of the run. */
  readonly onGoto: (file: string, line: number) => void;
}

/** So many workers may pass one limit that more lines would say nothing new. */
const mostTold = 10;

/** Says which processes passed a limit and were not stopped: the first in a message, all in the panel. */
export function tellMissedLimits(run: ProfiledRun, parts: MissedLimitParts): void {
  const { log, describe } = parts;
  let told = 0;
  run.onDidMissLimit(missed => {
    const text = describe(missed.process, describePassed(missed.limit));
    log.info(text);
    if (told < mostTold) run.addProblem(text);
    if (told++ === 0) warn(text, missed, parts);
  });
}

/** A message, which leads to the line that did it. */
function warn(
  text: string,
  { limit: { file, line } }: PassedLimitOfRun,
  { onGoto }: MissedLimitParts,
): void {
  const choices = line > 0 ? [messages.goToLine()] : [];
  void vscode.window.showWarningMessage(text, ...choices).then(choice => {
    if (choice !== undefined) onGoto(file, line);
  });
}
