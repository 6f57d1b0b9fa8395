import * as vscode from "vscode";
import type { MemoryInsightsApi } from "./api";
import { startWebClient } from "./client/web";
import { FindingsModel } from "./findings/findings-model";
import { registerFindings } from "./findings/register-findings";
import { openWalkthrough } from "./walkthrough";

/** Starts the static half of the extension: a browser starts no programs, so none is profiled. */
export function activate(context: vscode.ExtensionContext): MemoryInsightsApi {
  const own = <T extends vscode.Disposable>(value: T): T => {
    context.subscriptions.push(value);
    return value;
  };
  // Takes away what belongs to runs: views, and commands of the palette.
  void vscode.commands.executeCommand("setContext", "memoryInsights.isStaticOnly", true);
  const log = own(vscode.window.createOutputChannel("Memory Insights", { log: true }));
  const findings = own(new FindingsModel(log, () => null));
  own(registerFindings(findings, null));
  own(vscode.commands.registerCommand("memoryInsights.openWalkthrough", openWalkthrough));
  startWebClient(context, log)
    .then(client => {
      own(client);
      findings.connect(client);
    })
    .catch((error: unknown) => log.error("The language client did not start", String(error)));
  return {
    version: 1,
    getFindings: uri => (uri ? findings.of(uri) : findings.all()),
    onDidChangeFindings: findings.onDidChange,
    getLatestProfile: () => null,
  };
}
