import * as vscode from "vscode";
import { type EngineWish, readEngine } from "#profile";
import { type ProfilingSettings, readFrames, readLevel, readLimits } from "./debug/launch-choice";
import type { RunBounds } from "./runs/run-folder";

const section = "memoryInsights";

/** Reads how runs of a folder are profiled. */
export function profilingSettings(scope: vscode.ConfigurationScope | undefined): ProfilingSettings {
  const settings = vscode.workspace.getConfiguration(`${section}.profiling`, scope);
  return {
    isEnabled: settings.get("enabled", true),
    level: readLevel(settings.get<unknown>("level")) ?? "live",
    frames: readFrames(settings.get<unknown>("frames")) ?? 1,
    limits: readLimits(settings.get<unknown>("stopWhen")) ?? [],
    // One function of one program: only a launch configuration names it.
    traceFunction: "",
  };
}

/** What traces every allocation where no debugger runs the program. */
export function engineSetting(scope: vscode.ConfigurationScope | undefined): EngineWish {
  const settings = vscode.workspace.getConfiguration(`${section}.profiling`, scope);
  return readEngine(settings.get<unknown>("engine")) ?? "tracemalloc";
}

/** The interpreter that somebody chose for a folder; null to look for one. */
export function pythonPathSetting(folder: vscode.WorkspaceFolder | undefined): string | null {
  const path = vscode.workspace.getConfiguration(section, folder).get<unknown>("pythonPath");
  if (typeof path !== "string" || path.trim() === "") return null;
  return path.trim().replaceAll("${workspaceFolder}", folder?.uri.fsPath ?? "");
}

/** Over what of a file a lens offers to profile it. */
export type LensSetting = "off" | "main" | "tests" | "all";

/** Reads which lenses a file has. */
export function lensSetting(scope: vscode.Uri): LensSetting {
  const value = vscode.workspace.getConfiguration(section, scope).get<unknown>("codeLens");
  return value === "off" || value === "tests" || value === "all" ? value : "main";
}

/** How many runs are kept, at least one, and how large they may be together. */
export function keptRuns(): RunBounds {
  const settings = vscode.workspace.getConfiguration(`${section}.profiling`);
  const runs = settings.get<unknown>("keepRuns");
  const megabytes = settings.get<unknown>("keepMegabytes");
  return {
    runs: typeof runs === "number" && runs >= 1 ? Math.floor(runs) : 20,
    bytes: (typeof megabytes === "number" && megabytes >= 1 ? megabytes : 500) * 1_000_000,
  };
}

/** Whether measured bytes are written at the end of lines. */
export function showsMeasurements(): boolean {
  return vscode.workspace.getConfiguration(`${section}.editor`).get("showMeasurements", true);
}
