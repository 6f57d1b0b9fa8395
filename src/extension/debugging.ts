import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { chooseLimits } from "./debug/choose-limits";
import { debugFile } from "./debug/debug-file";
import {
  debugChildProcess,
  OwnAdapterFactory,
  ownDebugType,
  OwnTypeProvider,
} from "./debug/own-type";
import type { ProfiledRun } from "./debug/profiled-run";
import { ProfiledSessions } from "./debug/profiled-sessions";
import { profiledTypes, ProfilingProvider, requestOf } from "./debug/profiling-provider";
import { launchChoice } from "./debug/launch-choice";
import { type RunHost, startRun } from "./debug/start-run";
import { messages } from "./messages";
import type { Presenter } from "./presenter";
import { pythonForDebugging } from "./python/python-for-debugging";
import { selectPython } from "./python/select-python";
import { profilingSettings } from "./settings";

/** What debugging needs of the rest of the extension. */
export interface DebuggingParts {
  readonly host: RunHost;
  readonly presenter: Presenter;
  /** Called when a run starts, and at each of its stops. */
  readonly onProgress: (run: ProfiledRun) => Promise<void>;
  /** Called when a run has ended and all of it is known. */
  readonly onEnd: (run: ProfiledRun) => Promise<void>;
}

/** Puts profiling into debug sessions and offers to start them. */
export function registerDebugging({ host, presenter, ...on }: DebuggingParts): Disposable {
  const store = new DisposableStore();
  const sessions = store.register(new ProfiledSessions(host.log, startAgain(host)));
  const watch = (what: string, work: Promise<void>) => {
    work.catch((error: unknown) => host.log.error(what, String(error)));
  };
  store.register(
    sessions.onDidStart(run => {
      presenter.follow(run);
      run.onDidMeasure(() => watch("At a stop", on.onProgress(run)));
      watch("At the start of a run", on.onProgress(run));
    }),
  );
  store.register(sessions.onDidEnd(run => watch("After a run", on.onEnd(run))));
  registerOwnType(store, host, presenter);
  const profiling = new ProfilingProvider(host, sessions, () => {
    presenter.showEmpty("untrusted", null);
  });
  for (const type of profiledTypes) {
    store.register(vscode.debug.registerDebugConfigurationProvider(type, profiling));
    store.register(vscode.debug.registerDebugAdapterTrackerFactory(type, sessions));
  }
  registerCommands(store, presenter, profiling);
  return store;
}

/** Comes before profiling, so that no run waits for a launch that our own type refuses. */
function registerOwnType(store: DisposableStore, host: RunHost, presenter: Presenter): void {
  const own = new OwnTypeProvider((folder, wanted) =>
    pythonForDebugging(folder, wanted, ({ reason, text }) => {
      host.log.warn(text);
      presenter.showEmpty(reason, text);
    }),
  );
  const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  for (const trigger of [Initial, Dynamic]) {
    store.register(vscode.debug.registerDebugConfigurationProvider(ownDebugType, own, trigger));
  }
  const adapters = new OwnAdapterFactory(host.probeFolder);
  store.register(vscode.debug.registerDebugAdapterDescriptorFactory(ownDebugType, adapters));
  store.register(
    vscode.debug.onDidReceiveDebugSessionCustomEvent(event => {
      debugChildProcess(event).catch((error: unknown) => host.log.warn(String(error)));
    }),
  );
}

function registerCommands(
  store: DisposableStore,
  presenter: Presenter,
  profiling: ProfilingProvider,
): void {
  const register = (name: string, run: (target?: unknown) => unknown) =>
    store.register(vscode.commands.registerCommand(`memoryInsights.${name}`, run));
  register("debug", target => debugFile(target, null));
  register("debugAgain", async () => (await profiling.startAgain()) || debugFile(undefined, null));
  register("debugAllocations", target => debugFile(target, "allocations"));
  register("mark", () => presenter.running?.mark().delta);
  register("takeSnapshot", () => presenter.running?.takeSnapshot(""));
  register("takeNamedSnapshot", () => takeNamedSnapshot(presenter));
  register("startTracing", () => presenter.running?.setTracing(true));
  register("stopTracing", () => presenter.running?.setTracing(false));
  register("stopWhen", async () => {
    await chooseLimits();
    presenter.running?.setLimits(profilingSettings(undefined).limits);
  });
  register("selectPython", selectPython);
}

async function takeNamedSnapshot(presenter: Presenter): Promise<void> {
  const name = await vscode.window.showInputBox({ prompt: messages.nameSnapshot() });
  if (name !== undefined) presenter.running?.takeSnapshot(name);
}

/** A restarted session has the variables of its first start: the next run has to answer there. */
function startAgain(host: RunHost) {
  return (before: ProfiledRun, session: vscode.DebugSession) => {
    const { configuration, workspaceFolder } = session;
    const choice = launchChoice(
      configuration["memoryInsights"],
      profilingSettings(workspaceFolder),
    );
    return startRun(host, { ...requestOf(configuration, choice), reuse: before.environment });
  };
}
