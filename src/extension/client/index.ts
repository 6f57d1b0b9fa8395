import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { type FindingsClient, runClient } from "./start-client";

/** Starts the language server in a process of its own. @see runClient */
export function startClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<FindingsClient> {
  const server = {
    module: context.asAbsolutePath("dist/server.js"),
    transport: TransportKind.ipc,
    // V8 of Node 24 would take a hundred MiB for what is new; it reads this only when it starts.
    options: { execArgv: ["--max-semi-space-size=16"] },
  };
  return runClient(
    context,
    log,
    options =>
      new LanguageClient(
        "memoryInsights",
        "Python Memory Insights",
        { run: server, debug: server },
        options,
      ),
  );
}

export type { FindingsClient } from "./start-client";
