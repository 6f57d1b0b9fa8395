import * as vscode from "vscode";

/** Extensions that know which Python a folder uses, the newer one first. Neither is required. */
const environmentsExtension = "ms-python.vscode-python-envs";
const pythonExtension = "ms-python.python";

/** Asks the editor's Python extensions, where there are any, for a folder's interpreter. */
export async function editorPython(scope: vscode.Uri | undefined): Promise<string | null> {
  return (await fromEnvironments(scope)) ?? (await fromPython(scope));
}

async function fromEnvironments(scope: vscode.Uri | undefined): Promise<string | null> {
  const api = await exportsOf(environmentsExtension);
  const environment = await call(api, "getEnvironment", scope);
  return textAt(environment, "execInfo", "run", "executable");
}

async function fromPython(scope: vscode.Uri | undefined): Promise<string | null> {
  const environments = property(await exportsOf(pythonExtension), "environments");
  const active = await call(environments, "getActiveEnvironmentPath", scope);
  const environment = await call(environments, "resolveEnvironment", active);
  return textAt(environment, "executable", "uri", "fsPath") ?? textAt(active, "path");
}

async function exportsOf(id: string): Promise<unknown> {
  const extension = vscode.extensions.getExtension<unknown>(id);
  return extension?.activate();
}

/** These are foreign objects of several versions: each step is looked up, never assumed. */
async function call(owner: unknown, name: string, argument: unknown): Promise<unknown> {
  const method = property(owner, name);
  return typeof method === "function" ? await method.call(owner, argument) : undefined;
}

function textAt(owner: unknown, ...path: readonly string[]): string | null {
  const value = path.reduce<unknown>((at, name) => property(at, name), owner);
  return typeof value === "string" && value !== "" ? value : null;
}

function property(owner: unknown, name: string): unknown {
  return typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
}
