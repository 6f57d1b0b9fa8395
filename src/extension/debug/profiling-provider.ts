import * as vscode from "vscode";
import { programName } from "#profile";
import { messages } from "../messages";
import { profilingSettings } from "../settings";
import { readEnvironment } from "./environment";
import { launchChoice, type ProfilingSettings } from "./launch-choice";
import type { ProfiledSessions } from "./profiled-sessions";
import { argumentsOf } from "./own-type";
import { type RunHost, type RunRequest, startRun, tellProblem } from "./start-run";

/** Debug types whose launches are profiled: the marketplace's two and our own. */
export const profiledTypes = ["debugpy", "python", "memory-insights"] as const;

/** Puts the probe into launches of Python programs, by their environment and nothing else. */
export class ProfilingProvider implements vscode.DebugConfigurationProvider {
  readonly #host: RunHost;
  readonly #sessions: ProfiledSessions;
  readonly #onUntrusted: () => void;
  /** Starts once more what was profiled last. */
  #again: (() => PromiseLike<unknown>) | null = null;

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
    this.remember(() =>
      vscode.debug.startDebugging(folder, configuration, { suppressDebugView: true }),
    );
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
    await this.#again?.();
    return this.#again !== null;
  }

  /** Keeps how to start once more what is profiled now. */
  remember(again: () => PromiseLike<unknown>): void {
    this.#again = again;
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
  { level, frames, limits, traceFunction }: ProfilingSettings,
): RunRequest {
  const command = commandOf(configuration);
  const program = command.length > 1 ? programName(command) : configuration.name;
  const environment = readEnvironment(configuration["env"]);
  return { command, program, level, frames, limits, traceFunction, environment };
}

function commandOf(configuration: vscode.DebugConfiguration): readonly string[] {
  const program: unknown = configuration["program"];
  const module: unknown = configuration["module"];
  if (typeof program !== "string" && typeof module !== "string") return ["python"];
  return ["python", ...argumentsOf(configuration)];
}
