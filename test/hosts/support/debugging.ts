import * as vscode from "vscode";
import type { MemoryInsightsApi } from "../../../src/extension/api";
import { eventually } from "./bridge";

/** Starts the extension under test and returns what it offers. */
export async function memoryInsights(): Promise<MemoryInsightsApi> {
  const extension = vscode.extensions.getExtension<MemoryInsightsApi>(
    "memory-insights.memory-insights",
  );
  if (!extension) throw new Error("the extension under test is not installed");
  return extension.activate();
}

/** The folder of the sample. */
export function sampleFolder(): vscode.WorkspaceFolder {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  return folder;
}

/** A file of the sample. */
export function sampleFile(path: string): vscode.Uri {
  return vscode.Uri.joinPath(sampleFolder().uri, path);
}

/** Finds the line, from 0, on which a text stands in a file. */
export async function lineOf(uri: vscode.Uri, text: string): Promise<number> {
  const document = await vscode.workspace.openTextDocument(uri);
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`${uri.path} has no "${text}"`);
  return document.positionAt(offset).line;
}

/** Sets a breakpoint on the line with a text; returns the line, from 1. */
export async function breakAt(uri: vscode.Uri, text: string): Promise<number> {
  const line = await lineOf(uri, text);
  const at = new vscode.Location(uri, new vscode.Position(line, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(at)]);
  return line + 1;
}

/** Sets a logpoint on the line with a text. */
export async function logAt(uri: vscode.Uri, text: string, message: string): Promise<void> {
  const at = new vscode.Location(uri, new vscode.Position(await lineOf(uri, text), 0));
  const point = new vscode.SourceBreakpoint(at, true, undefined, undefined, message);
  vscode.debug.addBreakpoints([point]);
}

/** Starts a run of the sample; what is given comes over the launch configuration. */
export async function startDebugging(
  configuration: Partial<vscode.DebugConfiguration>,
): Promise<void> {
  const started = await vscode.debug.startDebugging(sampleFolder(), {
    type: "memory-insights",
    request: "launch",
    name: "sample",
    program: sampleFile("main.py").fsPath,
    console: "internalConsole",
    args: ["--orders", "60000"],
    ...configuration,
  });
  if (!started) throw new Error("the run was not started");
}

/** Where a session has stopped. */
export interface SessionStop {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
}

interface StoppedEvent {
  readonly event?: string;
  readonly body?: { readonly threadId?: number };
}

/** Counts the stops of all sessions as the debug adapters tell them, apart from the product. */
export class StopCounter {
  readonly #stops: SessionStop[] = [];
  #seen = 0;
  readonly #registration = vscode.debug.registerDebugAdapterTrackerFactory("*", {
    createDebugAdapterTracker: session => ({
      onDidSendMessage: ({ event, body }: StoppedEvent) => {
        if (event === "stopped") this.#stops.push({ session, threadId: body?.threadId ?? 0 });
      },
    }),
  });

  /** The newest stop of a child process. */
  get ofChild(): SessionStop | undefined {
    return this.#stops.findLast(({ session }) => session.parentSession);
  }

  /** Waits for the next stop that was not yet waited for, and until the editor shows it. */
  async next(): Promise<void> {
    await eventually("the debugger to stop", () => this.#stops.length > this.#seen, 40_000);
    this.#seen++;
    await eventually("the editor to show the stop", () => isAtFrame());
  }

  /** Lets the program go on until it stops again. */
  async goOn(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.debug.continue");
    await this.next();
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function isAtFrame(): boolean {
  return vscode.debug.activeStackItem instanceof vscode.DebugStackFrame;
}

/** Waits until no debug session is left. */
export function debuggingEnded(): Promise<boolean> {
  return eventually("the run to end", () => vscode.debug.activeDebugSession === undefined, 60_000);
}

/** Takes all breakpoints away and ends what runs. */
export async function tidyUp(): Promise<void> {
  vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
  await vscode.debug.stopDebugging();
  await debuggingEnded();
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}
