import * as vscode from "vscode";
import { type Bytes, formatBytes, formatBytesDelta, formatBytesRoughly, formatCount } from "#base";
import type { Level, StepLabel } from "#profile";

// Every sentence that the extension shows to people is made here.
// They are functions, for the translations are only there once the extension runs.

const { l10n } = vscode;

export const messages = {
  noPython: (tried: readonly string[]) =>
    l10n.t(
      "No Python 3.9 or newer was found for debugging (tried: {0}). Choose one to go on.",
      tried.join(", "),
    ),
  choosePython: () => l10n.t("Choose Python"),
  choosePythonTitle: () => l10n.t("Choose the Python to debug with"),
  noDebugpy: (executable: string) =>
    l10n.t("{0} has no debugpy, which debugging needs. Install it, then start again.", executable),
  runWithoutDebugger: () => l10n.t("Run Without Debugger"),
  runsWithoutDebugger: (executable: string) =>
    l10n.t(
      "This run has no debugger, because {0} has no debugpy. It is profiled all the same.",
      executable,
    ),
  installDebugpy: () => l10n.t("Open Terminal with the Command"),
  copyCommand: () => l10n.t("Copy Command"),
  installTerminal: () => l10n.t("Install debugpy"),
  notProfiled: (reason: string) =>
    l10n.t("This run is not profiled; the program runs as usual. {0}", reason),
  notAttached: (reason: string) =>
    l10n.t("The program is debugged, but its memory is not measured. {0}", reason),
  unsupportedPython: (name: string) =>
    l10n.t("It runs {0}. Run it by CPython 3.9 or newer to measure it.", name),
  alreadyProfiled: () =>
    l10n.t(
      "It is measured already, by whoever started it or attached to it. Look there, or end that first.",
    ),
  attachRefused: (reason: string) =>
    l10n.t(
      "The program or its debugger refused the probe: {0}. Where an audit hook or a sandbox forbids it, start the program with a memory profile instead.",
      reason.replace(/[.\s]+$/, ""),
    ),
  attachLate: () =>
    l10n.t(
      "The debugger has not answered yet: the program may be in native code that lets nothing else run. Measuring begins as soon as it answers.",
    ),
  noGreeting: () =>
    l10n.t(
      "Somebody else answers at the profiler's port on the program's machine. Name that machine by its address in connect, not as localhost, then attach again.",
    ),
  attachTitle: () => l10n.t("Attach Memory Profile"),
  attachPrompt: () =>
    l10n.t("Where the program listens with debugpy, as host:port, or the number of its process"),
  attachPlaceholder: () => l10n.t("localhost:5678, or 1234"),
  badAddress: () => l10n.t("Write host:port, as in localhost:5678, or a number, as in 1234."),
  attachName: (target: string) => l10n.t("Memory profile: attach to {0}", target),
  showLog: () => l10n.t("Show Log"),
  noFile: () => l10n.t("Open a Python file to debug it with a memory profile."),
  unsavedFile: () => l10n.t("Save the file first, so that Python can run it."),
  unreadableRun: (file: string, reason: string) =>
    l10n.t("{0} cannot be read as a memory profile: {1}", file, reason),
  nameSnapshot: () => l10n.t("What the program has just done, as a name for the snapshot"),
  stopWhenTitle: () => l10n.t("Stop the Program When…"),
  stopAtRss: () => l10n.t("its memory passes a size"),
  stopAtGrowth: () => l10n.t("its memory grows by a size within seconds"),
  stopAtLine: () => l10n.t("one line holds more than a size"),
  stopAtTraced: () => l10n.t("Python's own allocations pass a size, where they are traced"),
  removeLimit: (limit: string) => l10n.t("No longer at {0}", limit),
  badLimit: () => l10n.t("Write rss > 200MiB, traced > 200MiB, line > 50MiB or rss + 20MiB in 5s."),
  limitMissed: (child: number | null, limit: string) =>
    child === null
      ? l10n.t("The program passed a limit: {0}. No debugger is there to stop it.", limit)
      : l10n.t(
          "Process {0} passed a limit: {1}. No debugger is attached to it, so nothing was stopped.",
          child,
          limit,
        ),
  limitMissedInKernel: (limit: string) =>
    l10n.t(
      "The kernel passed a limit: {0}. A kernel has no debugger to stop it, and goes on.",
      limit,
    ),
  goToLine: () => l10n.t("Go to Line"),
  childNotMeasured: (pid: number) =>
    l10n.t(
      "Process {0} is debugged and not measured: it has not reported. Its Python may be older than 3.9, or run with -I or -S.",
      pid,
    ),
  openRunTitle: () => l10n.t("Open a Memory Profile"),
  exportTitle: () => l10n.t("Export the Memory Profile"),
  profileFiles: () => l10n.t("Memory profiles"),
  deleteRun: (name: string) => l10n.t("Delete the recorded run {0}?", name),
  delete: () => l10n.t("Delete"),
  deleteOtherRuns: (count: number) =>
    count === 1
      ? l10n.t("Delete 1 recorded run? Kept ones stay.")
      : l10n.t("Delete {0} recorded runs? Kept ones stay.", count),
  noOtherRuns: () => l10n.t("There are no runs but kept ones."),
  renameRun: () => l10n.t("Name of the run; empty for the name of its program"),
  annotateRun: () => l10n.t("Note on the run; empty for none"),
  runFacts: (run: {
    readonly level?: Level;
    readonly peakRssBytes?: number | null;
    readonly sizeBytes: number;
    readonly isGoing: boolean;
    readonly time: string;
  }) =>
    [
      ...(run.isGoing ? [l10n.t("recording")] : []),
      ...(run.peakRssBytes ? [l10n.t("peak {0}", formatBytes(run.peakRssBytes))] : []),
      ...(run.level ? [run.level === "live" ? l10n.t("live") : l10n.t("allocations")] : []),
      run.time,
      l10n.t("file {0}", formatBytes(run.sizeBytes)),
    ].join(" · "),
  restartServer: () => l10n.t("Restart Language Server"),
  noRulePage: (name: string) => l10n.t("There is no page for the rule {0}.", name),
  chooseRule: () => l10n.t("Rule to explain"),
  noPythonFile: () => l10n.t("Open a Python file to fix its memory problems."),
  clientFailed: () =>
    l10n.t(
      "Findings are not shown, because the language server did not start. Runs are still profiled.",
    ),
  extensionName: () => l10n.t("Memory Insights"),
  profileLens: () => l10n.t("$(pulse) Profile memory"),
  leaksLens: () => l10n.t("Hunt leaks"),
  chooseTarget: () => l10n.t("Function or Test to Run"),
  noTargets: () => l10n.t("This file has no function or test that can be run by itself."),
  goneTarget: () => l10n.t("This function or test is no longer there."),
  noTest: () => l10n.t("This test does not say where it stands, so it cannot be profiled."),
  needsArguments: (name: string, needs: readonly string[]) =>
    l10n.t(
      "{0} cannot be run by itself: it needs {1}. Profile a test or a function that calls it.",
      name,
      needs.join(", "),
    ),
  noPytest: () => l10n.t("This needs pytest, which the Python of this folder does not have."),
  noModule: (file: string) =>
    l10n.t("{0} has a name that Python cannot import, so its tests cannot be run.", file),
  noNotebook: () => l10n.t("Open a notebook to profile the memory of its cells."),
  unsavedNotebook: () => l10n.t("Save the notebook first, so that Python can run its cells."),
  noKernelNotebook: () => l10n.t("Open a notebook to profile the memory of its kernel."),
  kernelNotProfiled: (reason: string) => l10n.t("The kernel is not profiled. {0}", reason),
  noJupyter: () =>
    l10n.t(
      "This needs the extension Jupyter (ms-toolsai.jupyter). Install it, or use Profile Memory of Notebook, which needs no kernel.",
    ),
  oldJupyter: () =>
    l10n.t("This Jupyter extension gives no access to kernels. Update it, then try again."),
  noKernel: () =>
    l10n.t("No kernel runs this notebook yet. Choose a kernel and run a cell, then try again."),
  otherKernel: (language: string) =>
    l10n.t("This kernel runs {0}. Choose a kernel of Python, then try again.", language),
  kernelRefused: () =>
    l10n.t(
      "Jupyter does not let Memory Insights use this kernel. Allow it by Jupyter: Manage Access To Jupyter Kernels, then try again.",
    ),
  kernelProfiled: () =>
    l10n.t("It is measured already, from another window or by a debugger. End that first."),
  farKernel: () =>
    l10n.t(
      "The kernel cannot reach this editor; it may run on another machine. Open a window there, by Remote SSH for example, or use Profile Memory of Notebook.",
    ),
  kernelBusy: () => l10n.t("Memory Insights waits until the kernel has run its cell."),
  roundsTitle: () => l10n.t("Hunt Leaks"),
  roundsPrompt: (least: number) =>
    l10n.t("How often to run it, {0} times or more; what grows every time is a suspect", least),
  badRounds: (least: number, most: number) =>
    l10n.t("Write a whole number from {0} to {1}.", least, most),
  moduleTitle: () => l10n.t("Debug Module with Memory Profile"),
  modulePrompt: () => l10n.t("Module to run, as after python -m"),
  badModule: () => l10n.t("Write a dotted name, such as package.module."),
  noReport: () =>
    l10n.t(
      "The program ended without having reported. Its Python may be older than 3.9, or run with -I or -S.",
    ),

  debugName: (program: string) => l10n.t("Memory profile: {0}", program),
  stepLabel: ({ bytes, blocks, mostly, type, source, stop }: StepLabel) => {
    const parts = [
      source === "sampled" ? l10n.t("about {0}", roughDelta(bytes)) : formatBytesDelta(bytes),
    ];
    if (blocks !== null) {
      const isOne = Math.abs(blocks) === 1;
      parts.push(isOne ? l10n.t("1 block") : l10n.t("{0} blocks", formatCount(blocks)));
    }
    if (mostly !== null) parts.push(l10n.t("mostly {0}", mostly));
    else if (type?.isMost) parts.push(l10n.t("mostly {0}", type.name));
    else if (type) parts.push(l10n.t("{0} of {1}", formatCount(type.change), type.name));
    return l10n.t("{0} ({1}, stop {2})", parts.join(", "), source, stop);
  },
  statusBar: (rssBytes: number | null) =>
    rssBytes === null ? "$(pulse) …" : `$(pulse) ${formatBytes(rssBytes)}`,
  statusBarAfter: (peakBytes: number | null, findings: number) =>
    [
      peakBytes === null
        ? l10n.t("$(pulse) peak unknown")
        : l10n.t("$(pulse) peak {0}", formatBytes(peakBytes)),
      findings === 1 ? l10n.t("1 finding") : l10n.t("{0} findings", findings),
    ].join(" · "),
  statusBarAfterTooltip: () => l10n.t("Memory of the last run; click to open the Memory view"),
  statusBarTooltip: () => l10n.t("Memory of the program that is being profiled; opens the panel"),
  languageStatus: () => l10n.t("Python Memory Insights"),
  findingCount: (count: number) =>
    count === 1 ? l10n.t("1 memory finding") : l10n.t("{0} memory findings", count),
  showFindings: () => l10n.t("Show"),
  hoverTitle: () => l10n.t("Memory of the last run"),
} as const;

function roughDelta(bytes: Bytes): string {
  return `${bytes > 0 ? "+" : ""}${formatBytesRoughly(bytes)}`;
}
