import * as vscode from "vscode";
import { describePassed } from "#profile";
import { messages } from "../messages";
import type { PassedLimitOfRun, ProfiledRun } from "./profiled-run";

/** So many workers may pass one limit that more lines would say nothing new. */
const mostTold = 10;

/** Says which processes passed a limit and were not stopped: the first in a message, all in the panel. */
export function tellMissedLimits(run: ProfiledRun, log: vscode.LogOutputChannel): void {
  let told = 0;
  run.onDidMissLimit(missed => {
    const text = textOf(missed);
    log.info(text);
    if (told < mostTold) run.addProblem(text);
    if (told++ === 0) void vscode.window.showWarningMessage(text);
  });
}

function textOf({ limit, process }: PassedLimitOfRun): string {
  return messages.limitMissed(process, describePassed(limit));
}
