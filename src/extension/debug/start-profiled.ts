import * as vscode from "vscode";
import type { Level } from "#profile";
import { messages } from "../messages";
import { findPython } from "../python/find-python";
import { launchOf, ownDebugType } from "./own-type";
import type { PlainLaunch } from "./run-without-debugger";

/** The part of a launch configuration that says what runs. */
export type LaunchParts = Readonly<Record<string, unknown>>;

/**
 * Starts a program that has to do with a file, with a memory profile; a level is that of the
 * settings when it is null.
 */
export type StartProfiled = (
  uri: vscode.Uri,
  parts: LaunchParts,
  level: Level | null,
) => Promise<void>;

/** Runs a program without a debugger. */
export type RunPlain = (launch: PlainLaunch) => Promise<void>;

/** Starts a program under the debugger, by whichever debug type there is. */
export const startDebugged: StartProfiled = async (uri, parts, level) => {
  const configuration = configurationOf(parts, level);
  await showPanel();
  // The panel is what was asked for, so the debugger's own view does not take its place.
  const options = { suppressDebugView: true };
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  await vscode.debug.startDebugging(folder, configuration, options);
};

/** Starts a program under the debugger where there is one, and without one where there is none. */
export function startWhereItCan(run: RunPlain): StartProfiled {
  return async (uri, parts, level) => {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    // Extensions that bring this type bring a debugger along.
    const { python } = hasDebugpyType() ? { python: null } : await findPython(folder);
    if (!python || python.hasDebugpy) {
      await startDebugged(uri, parts, level);
      return;
    }
    void vscode.window.showInformationMessage(messages.runsWithoutDebugger(python.executable));
    await showPanel();
    await run({ folder, configuration: configurationOf(parts, level), python: python.executable });
  };
}

/** Starts a program without a debugger, whatever there is. */
export function startPlain(run: RunPlain): StartProfiled {
  return async (uri, parts, level) => {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const { python, tried } = await findPython(folder);
    if (!python) {
      await vscode.window.showErrorMessage(messages.noPython(tried));
      return;
    }
    await showPanel();
    await run({ folder, configuration: configurationOf(parts, level), python: python.executable });
  };
}

function configurationOf(parts: LaunchParts, level: Level | null): vscode.DebugConfiguration {
  return {
    ...launchOf(parts, hasDebugpyType() ? "debugpy" : ownDebugType),
    // Whoever asks for a profile by name gets one, whatever the settings say.
    memoryInsights: level === null ? true : { level },
  };
}

async function showPanel(): Promise<void> {
  await vscode.commands.executeCommand("memoryInsights.live.focus", { preserveFocus: true });
}

/** Whether any extension brings the type `debugpy`, such as Microsoft's. */
export function hasDebugpyType(): boolean {
  return vscode.extensions.all.some(extension => debuggersOf(extension).includes("debugpy"));
}

function debuggersOf({ packageJSON }: vscode.Extension<unknown>): readonly unknown[] {
  const manifest = packageJSON as { contributes?: { debuggers?: unknown } } | undefined;
  const debuggers = manifest?.contributes?.debuggers;
  if (!Array.isArray(debuggers)) return [];
  return debuggers.map((entry: unknown): unknown =>
    typeof entry === "object" && entry !== null ? Reflect.get(entry, "type") : undefined,
  );
}
