import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import type { StartProfiled } from "../debug/start-profiled";
import { messages } from "../messages";
import { chooseTarget } from "./choose-target";
import { debugModule } from "./debug-module";
import { type FindTargets, TargetLenses } from "./lenses";
import { profileCells, profileNotebook } from "./profile-cells";
import { profileAllTests, profileTarget, type TargetParts } from "./profile-target";
import { readTestItem, testOf } from "./test-item";

/** What running parts of files works with. */
export interface TargetsParts extends TargetParts {
  readonly find: FindTargets;
  /** Starts what no debugger understands. */
  readonly startPlain: StartProfiled;
  /** Called instead where the workspace is not trusted. */
  readonly onUntrusted: () => void;
}

const leastRounds = 5;
const mostRounds = 1000;

/** Offers to profile functions, tests and modules by themselves. */
export function registerTargets(parts: TargetsParts): Disposable {
  const store = new DisposableStore();
  const lenses = store.register(new TargetLenses(parts.find));
  const selector = { language: "python", scheme: "file" };
  store.register(vscode.languages.registerCodeLensProvider(selector, lenses));
  const register = (name: string, run: (argument?: unknown) => Promise<void>) => {
    const trusted = async (argument?: unknown) => {
      if (vscode.workspace.isTrusted) await run(argument);
      else parts.onUntrusted();
    };
    store.register(vscode.commands.registerCommand(`memoryInsights.${name}`, trusted));
  };
  register("profileTarget", argument => runTarget(argument, false, parts));
  register("huntLeaks", argument => runTarget(argument, true, parts));
  register("profileTest", item => runTest(item, false, parts));
  register("huntLeaksInTest", item => runTest(item, true, parts));
  register("debugModule", () => debugModule(parts.start));
  const cells = { start: parts.startPlain, probeFolder: parts.probeFolder };
  register("profileCells", argument => profileCells(argument, cells));
  register("profileNotebook", () => profileNotebook(cells));
  return store;
}

async function runTarget(argument: unknown, isHunt: boolean, parts: TargetsParts): Promise<void> {
  const chosen = await chooseTarget(argument, parts.find, ({ kind }) => !isHunt || kind !== "main");
  if (chosen) await profileTarget(chosen, isHunt ? askForRounds : null, parts);
}

/** Runs what an item of the test explorer stands for. */
async function runTest(argument: unknown, isHunt: boolean, parts: TargetsParts): Promise<void> {
  const item = readTestItem(argument);
  if (!(item?.uri instanceof vscode.Uri)) {
    await vscode.window.showInformationMessage(messages.noTest());
    return;
  }
  const { uri } = item;
  const ask = isHunt ? askForRounds : null;
  const target = testOf(item, uri.path.endsWith(".py") ? await parts.find(uri) : []);
  if (target) await profileTarget({ uri, target }, ask, parts);
  else await profileAllTests(uri, ask, parts);
}

async function askForRounds(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: messages.roundsTitle(),
    prompt: messages.roundsPrompt(leastRounds),
    value: "10",
    validateInput: value => (isRounds(value) ? null : messages.badRounds(leastRounds, mostRounds)),
  });
  return text === undefined ? undefined : Number(text);
}

function isRounds(text: string): boolean {
  const rounds = /^\d+$/.test(text.trim()) ? Number(text) : 0;
  return rounds >= leastRounds && rounds <= mostRounds;
}
