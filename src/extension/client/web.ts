import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
} from "vscode-languageclient/browser";
import { readTextParams, readTextRequest } from "#protocol";
import { type FindingsClient, runClient } from "./start-client";

/** What a browser has and the compiler's platform, which is Node here, does not. */
declare const Worker: new (address: string) => { terminate(): void };

/** A worker and how to end it. */
interface RunningWorker {
  readonly port: InstanceType<typeof Worker>;
  readonly end: () => void;
}

/** Starts the language server in a web worker. @see runClient */
export function startWebClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<FindingsClient> {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "web", "server.js");
  const running = new Set<RunningWorker>();
  const endAll = () => {
    for (const { end } of running) end();
    running.clear();
  };
  context.subscriptions.push({ dispose: endAll });
  // Asked at each start, so that a restart gets a server of its own.
  const start = async () => {
    endAll();
    const worker = await startWorker(script);
    running.add(worker);
    // Not the worker itself: in VS Code's host it is none of the class that the library looks for.
    return {
      reader: new BrowserMessageReader(worker.port),
      writer: new BrowserMessageWriter(worker.port),
    };
  };
  return runClient(context, log, options => {
    // Files have other schemes in each browser's editor, and none of them is on disk.
    const all = { ...options, documentSelector: [{ language: "python" }] };
    const client = new LanguageClient("memoryInsights", "Python Memory Insights", start, all);
    client.onRequest(readTextRequest, (data: unknown) => readText(data));
    return client;
  });
}

/** The extension may lie where only the editor can read, so the worker starts from a copy. */
async function startWorker(script: vscode.Uri): Promise<RunningWorker> {
  const source = await vscode.workspace.fs.readFile(script);
  const address = URL.createObjectURL(new Blob([source.slice()], { type: "text/javascript" }));
  const port = new Worker(address);
  const end = () => {
    port.terminate();
    // Not before: the editor's own kind of worker loads the script after it was made.
    URL.revokeObjectURL(address);
  };
  return { port, end };
}

/** Reads a file for the server; null when it cannot be read. */
async function readText(data: unknown): Promise<string | null> {
  const params = readTextParams(data);
  if (params.kind === "problem") throw new Error(`${readTextRequest}: ${params.problem}`);
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(params.message.uri, true));
    return new TextDecoder().decode(bytes);
  } catch (error) {
    // Most folders have no configuration, and that is what is asked for most.
    if (error instanceof vscode.FileSystemError) return null;
    throw error;
  }
}
