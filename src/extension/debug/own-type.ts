import { dirname } from "node:path";
import * as vscode from "vscode";
import { programName } from "#profile";
import { messages } from "../messages";
import type { PythonInfo } from "../python/inspect-python";

/** The debug type of this extension, for editors without the Python extensions. */
export const ownDebugType = "memory-insights";

/** Gives a Python that can debug, or null when there is none and the user has been told. */
export type PythonForDebugging = (
  configuration: vscode.DebugConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
  wanted: string | null,
) => Promise<PythonInfo | null>;

/** A configuration that runs a program, as `launch.json` would have it. */
export function launchOf(
  parts: Readonly<Record<string, unknown>>,
  type: string,
): vscode.DebugConfiguration {
  const configuration = { type, request: "launch", name: "", ...parts };
  const name = messages.debugName(programName(["python", ...argumentsOf(configuration)]));
  return { ...configuration, name, console: "integratedTerminal" };
}

/** What Python is given to run the program of a configuration, without a debugger. */
export function argumentsOf(configuration: vscode.DebugConfiguration): readonly string[] {
  const { program, module, code, args } = configuration as Readonly<Record<string, unknown>>;
  const rest = Array.isArray(args) ? args.filter(part => typeof part === "string") : [];
  if (typeof program === "string") return [program, ...rest];
  if (typeof module === "string") return ["-m", module, ...rest];
  return ["-c", [code].flat().join("\n"), ...rest];
}

/** Fills in what configurations of our own type leave out, as the Python extensions do for theirs. */
export class OwnTypeProvider implements vscode.DebugConfigurationProvider {
  readonly #findPython: PythonForDebugging;

  constructor(findPython: PythonForDebugging) {
    this.#findPython = findPython;
  }

  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [launchOf({ program: "${file}" }, ownDebugType)];
  }

  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration {
    // F5 without a launch.json comes with nothing at all.
    return configuration.type ? configuration : launchOf({ program: "${file}" }, ownDebugType);
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    // Only what the program itself brings no adapter for needs a Python of ours.
    const needsPython = configuration.request === "launch" || !serverOf(configuration["connect"]);
    if (!needsPython) return configuration;
    const python = await this.#findPython(configuration, folder, pythonOf(configuration));
    // Undefined stops the launch; why has been said.
    if (!python) return undefined;
    if (configuration.request !== "launch") {
      return { justMyCode: true, ...configuration, python: [python.executable] };
    }
    const program: unknown = configuration["program"];
    return {
      console: "integratedTerminal",
      cwd: folder?.uri.fsPath ?? (typeof program === "string" ? dirname(program) : undefined),
      redirectOutput: configuration["console"] === "internalConsole",
      justMyCode: true,
      showReturnValue: true,
      ...configuration,
      python: [python.executable],
    };
  }
}

/** Starts debugpy's adapter from the program's Python; children connect to their parent's. */
export class OwnAdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  readonly #adapterFolder: string;

  /** `adapterFolder` is where the adapter runs: Python imports from there, so not the workspace. */
  constructor(adapterFolder: string) {
    this.#adapterFolder = adapterFolder;
  }

  createDebugAdapterDescriptor(session: vscode.DebugSession): vscode.DebugAdapterDescriptor {
    const { configuration } = session;
    const server = serverOf(configuration["connect"]);
    if (server) return server;
    const python = pythonOf(configuration) ?? "python3";
    const options = { cwd: this.#adapterFolder };
    return new vscode.DebugAdapterExecutable(python, ["-m", "debugpy.adapter"], options);
  }
}

/**
 * Debugs a child process of a program of our own type: debugpy announces it, holds it back, and
 * waits for a session of its own.
 */
export async function debugChildProcess(event: vscode.DebugSessionCustomEvent): Promise<void> {
  const { session } = event;
  const body: unknown = event.body;
  if (session.type !== ownDebugType || event.event !== "debugpyAttach") return;
  if (typeof body !== "object" || body === null) return;
  const configuration = { ...body, type: ownDebugType } as vscode.DebugConfiguration;
  await vscode.debug.startDebugging(session.workspaceFolder, configuration, {
    parentSession: session,
    lifecycleManagedByParent: true,
  });
}

function serverOf(connect: unknown): vscode.DebugAdapterServer | null {
  if (typeof connect !== "object" || connect === null) return null;
  const port = Number(Reflect.get(connect, "port"));
  const host: unknown = Reflect.get(connect, "host");
  if (!Number.isInteger(port)) return null;
  return new vscode.DebugAdapterServer(port, typeof host === "string" ? host : "127.0.0.1");
}

/** The interpreter of a configuration: a path, or a list that begins with one. */
function pythonOf({ python }: vscode.DebugConfiguration & { python?: unknown }): string | null {
  const first: unknown = Array.isArray(python) ? python[0] : python;
  return typeof first === "string" && first !== "" ? first : null;
}
