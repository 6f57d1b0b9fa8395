import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { attachByAddress } from "./debug/attach-by-address";
import { AttachTracker } from "./debug/attach-tracker";
import { chooseLimits } from "./debug/choose-limits";
import { debugFile } from "./debug/debug-file";
import {
  debugChildProcess,
  OwnAdapterFactory,
  ownDebugType,
  OwnTypeProvider,
} from "./debug/own-type";
import type { ProfiledRun } from "./debug/profiled-run";
import { type Attach, ProfiledSessions } from "./debug/profiled-sessions";
import { profiledTypes, ProfilingProvider, requestOf } from "./debug/profiling-provider";
import { launchChoice } from "./debug/launch-choice";
import { type RunListener, runWithoutDebugger } from "./debug/run-without-debugger";
import { type RunPlain, startDebugged, startPlain } from "./debug/start-profiled";
import { type RunHost, startRun } from "./debug/start-run";
import { type MissedLimitParts, tellMissedLimits } from "./debug/tell-missed-limits";
import type { KernelCells } from "./kernels/kernel-cells";
import { registerKernels } from "./kernels/register-kernels";
import { messages } from "./messages";
import type { Presenter } from "./presenter";
import { pythonForDebugging } from "./python/python-for-debugging";
import { selectPython } from "./python/select-python";
import { profilingSettings } from "./settings";

/** What debugging needs of the rest of the extension. */
export interface DebuggingParts {
  readonly host: RunHost;
  readonly presenter: Presenter;
  readonly cells: KernelCells;
  /** Opens a line, from 1, of a file or of a notebook's cell. */
  readonly onGoto: (file: string, line: number) => void;
  /** Called when a run starts, and at each of its stops. */
  readonly onProgress: (run: ProfiledRun) => Promise<void>;
  /** Called when a run has ended and all of it is known. */
  readonly onEnd: (run: ProfiledRun) => Promise<void>;
}

/** What debugging offers to the rest of the extension. */
export interface Debugging extends Disposable {
  /** Runs a program with a memory profile and without a debugger. */
  readonly runPlain: RunPlain;
}

/** Puts profiling into debug sessions and offers to start them. */
export function registerDebugging({
  host,
  presenter,
  cells,
  onGoto,
  ...on
}: DebuggingParts): Debugging {
  const store = new DisposableStore();
  const onUntrusted = () => presenter.showEmpty("untrusted", null);
  const sessions = store.register(
    new ProfiledSessions(host.log, startAgain(host), attach(host, onUntrusted)),
  );
  const watch = (what: string, work: Promise<void>) => {
    work.catch((error: unknown) => host.log.error(what, String(error)));
  };
  const listenerWith = (describe: MissedLimitParts["describe"]): RunListener => ({
    onStart(run) {
      presenter.follow(run);
      tellMissedLimits(run, { log: host.log, describe, onGoto });
      run.onDidMeasure(() => watch("At a stop", on.onProgress(run)));
      watch("At the start of a run", on.onProgress(run));
    },
    onEnd: run => watch("After a run", on.onEnd(run)),
  });
  const listener = listenerWith(messages.limitMissed);
  store.register(sessions.onDidStart(listener.onStart));
  store.register(sessions.onDidEnd(listener.onEnd));
  const profiling = new ProfilingProvider(host, sessions, onUntrusted);
  const runPlain: RunPlain = launch => {
    const again = () => runWithoutDebugger(host, launch, ownedBy(store, listener));
    profiling.remember(again);
    return again();
  };
  registerOwnType(store, { host, presenter, runPlain });
  const kernelListener = ownedBy(
    store,
    listenerWith((_, limit) => messages.limitMissedInKernel(limit)),
  );
  store.register(registerKernels({ host, cells, listener: kernelListener, onUntrusted }));
  for (const type of profiledTypes) {
    store.register(vscode.debug.registerDebugConfigurationProvider(type, profiling));
    store.register(vscode.debug.registerDebugAdapterTrackerFactory(type, sessions));
  }
  registerCommands(store, { presenter, profiling, runPlain });
  return { runPlain, dispose: () => store.dispose() };
}

/** Runs of debug sessions are disposed with these; others are left to the extension. */
function ownedBy(store: DisposableStore, { onStart, onEnd }: RunListener): RunListener {
  return { onStart: run => onStart(store.register(run)), onEnd };
}

/** Comes before profiling, so that no run waits for a launch that our own type refuses. */
function registerOwnType(
  store: DisposableStore,
  {
    host,
    presenter,
    runPlain,
  }: Pick<DebuggingParts, "host" | "presenter"> & Pick<Debugging, "runPlain">,
): void {
  const own = new OwnTypeProvider((configuration, folder, wanted) =>
    pythonForDebugging(folder, wanted, {
      onProblem({ reason, text }) {
        host.log.warn(text);
        presenter.showEmpty(reason, text);
      },
      runWithout: python => runPlain({ folder, configuration, python }),
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

/** What the commands work with. */
interface CommandParts {
  readonly presenter: Presenter;
  readonly profiling: ProfilingProvider;
  readonly runPlain: RunPlain;
}

function registerCommands(
  store: DisposableStore,
  { presenter, profiling, runPlain }: CommandParts,
): void {
  const register = (name: string, run: (target?: unknown) => unknown) =>
    store.register(vscode.commands.registerCommand(`memoryInsights.${name}`, run));
  register("debug", target => debugFile(target, null, startDebugged));
  register(
    "debugAgain",
    async () => (await profiling.startAgain()) || debugFile(undefined, null, startDebugged),
  );
  register("debugAllocations", target => debugFile(target, "allocations", startDebugged));
  register("runFile", target => debugFile(target, null, startPlain(runPlain)));
  register("attach", attachByAddress);
  register("mark", () => presenter.running?.measure());
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

/** Measures programs that a session attaches to, unless its configuration or the user forbids it. */
function attach(host: RunHost, onUntrusted: () => void): Attach {
  return (session, follow) => {
    const { configuration, workspaceFolder } = session;
    const choice = configuration["memoryInsights"] as unknown;
    const settings = launchChoice(choice, profilingSettings(workspaceFolder));
    if (!settings.isEnabled) return undefined;
    if (vscode.workspace.isTrusted) return new AttachTracker(session, { host, settings, follow });
    onUntrusted();
    return undefined;
  };
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
