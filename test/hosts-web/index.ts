import * as vscode from "vscode";
import type { MemoryInsightsApi } from "../../src/extension/api";

const bad = "total = sum([n * n for n in rows])";
const good = "total = sum(n * n for n in rows)";

/**
 * VS Code calls this in the web worker extension host, where there is neither Node nor mocha:
 * one walk through the static half. It throws what went wrong.
 */
export async function run(): Promise<void> {
  try {
    await walk();
  } catch (error) {
    console.log(`[test]   ✖ ${error instanceof Error ? error.message : String(error)}`);
    throw error;
  }
}

async function walk(): Promise<void> {
  const extension = vscode.extensions.getExtension<MemoryInsightsApi>(
    "memory-insights.memory-insights",
  );
  if (!extension) throw new Error("the extension under test is not installed");
  const document = await vscode.workspace.openTextDocument({ language: "python", content: bad });
  const { uri } = document;
  await vscode.window.showTextDocument(document);
  const api = await extension.activate();
  await step("a finding of unsaved text", () => diagnosticsOf(uri).length === 1);
  await step("the finding in the view's list", () => api.getFindings(uri).length === 1);
  await step("its fix, applied", async () => {
    await vscode.commands.executeCommand("memoryInsights.fixAll");
    return document.getText() === good;
  });
  await step("no finding any more", () => diagnosticsOf(uri).length === 0);
  await step("the page of a rule", async () => {
    await vscode.commands.executeCommand("memoryInsights.explain", "list-built-for-reduction");
    const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(tab => tab.label));
    return labels.some(label => label.includes("list-built-for-reduction"));
  });
  await configurationStep();
}

/** The server has no files, so it asks the editor for those that configure a project. */
async function configurationStep(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error("no folder is open");
  const write = async (name: string, text: string) => {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  };
  await write("memory-insights.toml", '[severity]\nMEM101 = "error"\n');
  const uri = await write("configured.py", bad);
  await vscode.window.showTextDocument(uri);
  await step("the severity that the project configures", () =>
    diagnosticsOf(uri).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
  );
}

/** @throws Error naming what was waited for in vain */
async function step(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  console.log(`[test]   ✔ ${what}`);
}

function diagnosticsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "Memory Insights");
}
