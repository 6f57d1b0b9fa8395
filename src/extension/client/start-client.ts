import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { type Disposable, DisposableStore } from "#base";
import {
  explainCommand,
  type FileFindings,
  type FindingsChanged,
  findingsChangedNotification,
  findingsRequest,
  readFileFindings,
  readFindingsChanged,
} from "#protocol";
import { messages } from "../messages";
import { registerClientCommands } from "./commands";

/** The language server as the rest of the extension sees it. */
export interface FindingsClient extends Disposable {
  /**
   * Asks for the findings of all open files, and of those given. Empty while the server is not
   * running. @throws Error when it answers with something else than findings.
   */
  findings(uris?: readonly string[]): Promise<readonly FileFindings[]>;
  /** A file's findings are others than before. Also after the server started anew, for all files. */
  readonly onDidChangeFindings: vscode.Event<FindingsChanged>;
}

/** Python in files, unsaved texts and cells of notebooks. */
const selector = ["file", "untitled", "vscode-notebook-cell"].map(scheme => ({
  scheme,
  language: "python",
}));

/**
 * Starts the language server. Never rejects: when the server cannot start, one message says so and
 * how to go on, and the client stays without findings until it is restarted.
 */
export async function startClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<FindingsClient> {
  const store = new DisposableStore();
  const changed = store.register(new vscode.EventEmitter<FindingsChanged>());
  const client = createClient(context, log);
  client.onNotification(findingsChangedNotification, (data: unknown) => {
    const read = readFindingsChanged(data);
    if (read.kind === "message") changed.fire(read.message);
    else log.error(`${findingsChangedNotification}: ${read.problem}`);
  });
  store.register(registerClientCommands({ context, log, restart: () => start(client, log) }));
  await start(client, log);
  return {
    findings: uris => requestFindings(client, uris),
    onDidChangeFindings: changed.event,
    dispose() {
      store.dispose();
      client.dispose().catch((error: unknown) => log.error(String(error)));
    },
  };
}

function createClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): LanguageClient {
  const module = context.asAbsolutePath("dist/server.js");
  const server = { module, transport: TransportKind.ipc };
  return new LanguageClient(
    "memoryInsights",
    "Python Memory Insights",
    { run: server, debug: server },
    {
      documentSelector: selector,
      outputChannel: log,
      diagnosticCollectionName: "memory-insights",
      initializationOptions: { commands: [explainCommand], announcesFindings: true },
      // The message of `start` says more than a dialog that only offers to try again.
      initializationFailedHandler: () => false,
    },
  );
}

async function start(client: LanguageClient, log: vscode.LogOutputChannel): Promise<void> {
  try {
    if (client.needsStop()) await client.restart();
    else await client.start();
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    void explainFailure(log);
  }
}

/** Says once what does not work, what still does, and what to do. */
async function explainFailure(log: vscode.LogOutputChannel): Promise<void> {
  const restart = messages.restartServer();
  const showLog = messages.showLog();
  const choice = await vscode.window.showErrorMessage(messages.clientFailed(), restart, showLog);
  if (choice === restart) await vscode.commands.executeCommand("memoryInsights.restartServer");
  if (choice === showLog) log.show();
}

async function requestFindings(
  client: LanguageClient,
  uris: readonly string[] | undefined,
): Promise<readonly FileFindings[]> {
  if (!client.isRunning()) return [];
  const params = uris === undefined ? {} : { uris };
  const read = readFileFindings(await client.sendRequest<unknown>(findingsRequest, params));
  if (read.kind === "problem") throw new Error(`${findingsRequest}: ${read.problem}`);
  return read.message;
}
