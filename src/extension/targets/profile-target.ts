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

/** Asks how many rounds of a leak hunt there are to be; undefined for none at all. */
export type AskForRounds = () => Promise<number | undefined>;

/** Runs a target with a memory profile, once or, where somebody is asked, in rounds of a leak hunt. */
export async function profileTarget(
  { uri, target }: ChosenTarget,
  ask: AskForRounds | null,
  parts: TargetParts,
): Promise<void> {
  if (!(await isOnDisk(uri))) return;
  const isTest = target.kind === "test" || target.kind === "testClass";
  const place = await placeOf(uri, isTest, parts);
  const choose = (rounds: number | null) => launchTarget(target, { ...place, rounds });
  await begin({ uri, level: target.kind === "main" ? null : exact, choose }, ask, parts);
}

/** Runs all tests of a file or a folder, once or in rounds. */
export async function profileAllTests(
  uri: vscode.Uri,
  ask: AskForRounds | null,
  parts: TargetParts,
): Promise<void> {
  const { type } = await vscode.workspace.fs.stat(uri);
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  if (!isFolder && !(await isOnDisk(uri))) return;
  const place = await placeOf(uri, true, parts);
  const choose = (rounds: number | null) => launchAllTests({ ...place, rounds }, isFolder);
  await begin({ uri, level: exact, choose }, ask, parts);
}

async function placeOf(
  uri: vscode.Uri,
  isTest: boolean,
  { probeFolder }: TargetParts,
): Promise<Omit<TargetPlace, "rounds">> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const python = isTest ? (await findPython(folder)).python : null;
  return {
    file: uri.fsPath,
    module: moduleOf(uri.fsPath, existsSync),
    folder: folder?.uri.fsPath ?? null,
    runners: join(probeFolder, "site", "_memory_insights"),
    hasPytest: python?.hasPytest ?? false,
  };
}

interface Beginning {
  readonly uri: vscode.Uri;
  readonly level: Level | null;
  readonly choose: (rounds: number | null) => LaunchChoice;
}

/** What cannot run is refused before anybody is asked for rounds. */
async function begin(
  { uri, level, choose }: Beginning,
  ask: AskForRounds | null,
  { start }: TargetParts,
): Promise<void> {
  const possible = choose(ask && 1);
  if (possible.kind !== "launch") {
    await vscode.window.showErrorMessage(reasonOf(uri, possible));
    return;
  }
  const rounds = ask ? await ask() : null;
  if (rounds === undefined) return;
  const choice = choose(rounds);
  if (choice.kind === "launch") await start(uri, { ...choice.launch }, level);
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
