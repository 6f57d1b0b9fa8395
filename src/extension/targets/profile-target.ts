import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Level } from "#profile";
import { isOnDisk } from "../debug/debug-file";
import type { StartProfiled } from "../debug/start-profiled";
import { messages } from "../messages";
import { findPython } from "../python/find-python";
import type { ChosenTarget } from "./choose-target";
import { moduleOf } from "./module-name";
import { launchAllTests, type LaunchChoice, launchTarget, type TargetPlace } from "./target-launch";

/** What profiling a target works with. */
export interface TargetParts {
  readonly start: StartProfiled;
  /** The folder with the probe as it ships. */
  readonly probeFolder: string;
}

/** A function or a test is over too soon, and keeps too little, to be sampled. */
const exact: Level = "allocations";

/** Runs a target, once or in rounds of a leak hunt, with a memory profile. */
export async function profileTarget(
  { uri, target }: ChosenTarget,
  rounds: number | null,
  parts: TargetParts,
): Promise<void> {
  if (!(await isOnDisk(uri))) return;
  const isTest = target.kind === "test" || target.kind === "testClass";
  const place = await placeOf(uri, rounds, isTest, parts);
  await begin(uri, launchTarget(target, place), target.kind === "main" ? null : exact, parts);
}

/** Runs all tests of a file or a folder, once or in rounds. */
export async function profileAllTests(
  uri: vscode.Uri,
  rounds: number | null,
  parts: TargetParts,
): Promise<void> {
  const { type } = await vscode.workspace.fs.stat(uri);
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  if (!isFolder && !(await isOnDisk(uri))) return;
  const place = await placeOf(uri, rounds, true, parts);
  await begin(uri, launchAllTests(place, isFolder), exact, parts);
}

async function placeOf(
  uri: vscode.Uri,
  rounds: number | null,
  isTest: boolean,
  { probeFolder }: TargetParts,
): Promise<TargetPlace> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const python = isTest ? (await findPython(folder)).python : null;
  return {
    file: uri.fsPath,
    module: moduleOf(uri.fsPath, existsSync),
    folder: folder?.uri.fsPath ?? null,
    runners: join(probeFolder, "site", "_memory_insights"),
    hasPytest: python?.hasPytest ?? false,
    rounds,
  };
}

async function begin(
  uri: vscode.Uri,
  choice: LaunchChoice,
  level: Level | null,
  { start }: TargetParts,
): Promise<void> {
  if (choice.kind === "launch") {
    await start(uri, { ...choice.launch }, level);
    return;
  }
  await vscode.window.showErrorMessage(reasonOf(uri, choice));
}

function reasonOf(uri: vscode.Uri, choice: Exclude<LaunchChoice, { kind: "launch" }>): string {
  switch (choice.kind) {
    case "needs":
      return messages.needsArguments(choice.name, choice.needs);
    case "no-pytest":
      return messages.noPytest();
    case "no-module":
      return messages.noModule(uri.fsPath);
  }
}
