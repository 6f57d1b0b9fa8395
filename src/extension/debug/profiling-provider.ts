import { basename } from "node:path";
import * as vscode from "vscode";
import { messages } from "../messages";
import { profilingSettings } from "../settings";
import { readEnvironment } from "./environment";
import { launchChoice, type ProfilingSettings } from "./launch-choice";
import type { ProfiledSessions } from "./profiled-sessions";
import { type RunHost, type RunRequest, startRun, tellProblem } from "./start-run";

/** Debug types whose launches are profiled: the marketplace's two and our own. */
export const profiledTypes = ["debugpy", "python", "memory-insights"] as const;

/** Puts the probe into launches of Python programs, by their environment and nothing else. */
export class ProfilingProvider implements vscode.DebugConfigurationProvider {
  readonly #host: RunHost;
  readonly #sessions: ProfiledSessions;
  readonly #onUntrusted: () => void;
  /** What was profiled last, without the probe's variables. */
  #last: readonly [vscode.WorkspaceFolder | undefined, vscode.DebugConfiguration] | null = null;

  constructor(host: RunHost, sessions: ProfiledSessions, onUntrusted: () => void) {
    this.#host = host;
    this.#sessions = sessions;
    this.#onUntrusted = onUntrusted;
  }

  /** Never rejects and never stops a launch: a program that cannot be profiled runs without. */
  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    const settings = launchChoice(configuration["memoryInsights"], profilingSettings(folder));
    if (!settings.isEnabled || !isNewLaunch(configuration)) return configuration;
    if (!vscode.workspace.isTrusted) {
      this.#onUntrusted();
      return configuration;
    }
    this.#last = [folder, configuration];
    try {
      return await this.#profiled(configuration, settings);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tellProblem(this.#host, messages.notProfiled(reason));
      return configuration;
    }
  }

  /** Starts once more what was profiled last; false when there was nothing yet. */
  async startAgain(): Promise<boolean> {
    if (!this.#last) return false;
    await vscode.debug.startDebugging(...this.#last, { suppressDebugView: true });
    return true;
  }

  async #profiled(
    configuration: vscode.DebugConfiguration,
    settings: ProfilingSettings,
  ): Promise<vscode.DebugConfiguration> {
    const run = await startRun(this.#host, requestOf(configuration, settings));
    if (!run) return configuration;
    this.#sessions.expect(run);
    const own = readEnvironment(configuration["env"]);
    return { ...configuration, env: { ...own, ...run.environment } };
  }
}

/** An attach has a program that runs already; a launch may come here more than once. */
function isNewLaunch({ request, env }: vscode.DebugConfiguration & { env?: unknown }): boolean {
  return request === "launch" && readEnvironment(env)["MEMORY_INSIGHTS_TOKEN"] === undefined;
}

/** Describes a launch configuration as a run. */
export function requestOf(
  configuration: vscode.DebugConfiguration,
  { level, frames, limits }: ProfilingSettings,
): RunRequest {
  const command = commandOf(configuration);
  const named = command.find(part => part !== "python" && part !== "-m") ?? configuration.name;
  const environment = readEnvironment(configuration["env"]);
  return { command, program: basename(named), level, frames, limits, environment };
}

function commandOf(configuration: vscode.DebugConfiguration): readonly string[] {
  const program: unknown = configuration["program"];
  const module: unknown = configuration["module"];
  const args: unknown = configuration["args"];
  const rest = Array.isArray(args) ? args.filter(part => typeof part === "string") : [];
  if (typeof program === "string") return ["python", program, ...rest];
  if (typeof module === "string") return ["python", "-m", module, ...rest];
  return ["python"];
}
