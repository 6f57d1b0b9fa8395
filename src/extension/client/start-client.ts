import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  DocumentDiagnosticRequest,
  type LanguageClientOptions,
} from "vscode-languageclient";
import { type Disposable, DisposableStore } from "#base";
import {
  explainCommand,
  type FileFindings,
  type FindingsChanged,
  findingsChangedNotification,
  findingsRequest,
  readFileFindings,
  readFindingsChanged,
  readRunTargets,
  rulePageScheme,
  type LanguageRunTarget,
  runTargetsRequest,
} from "#protocol";
import { messages } from "../messages";
import { registerClientCommands } from "./commands";
import { DuplicateFilter } from "./duplicate-filter";
import { readRuleList } from "./rule-list";
import { RulePages } from "./rule-pages";

/** The language server as the rest of the extension sees it. */
export interface FindingsClient extends Disposable {
  /**
   * Asks for the findings of all open files, and of those given. Empty while the server is not
   * running. @throws Error when it answers with something else than findings.
   */
  findings(uris?: readonly string[]): Promise<readonly FileFindings[]>;
  /**
   * Asks what of a file can be run by itself. Empty while the server is not running. @throws Error
   * when it answers with something else.
   */
  runTargets(uri: string): Promise<readonly LanguageRunTarget[]>;
  /** A file's findings are others than before. Also after the server started anew, for all files. */
  readonly onDidChangeFindings: vscode.Event<FindingsChanged>;
}

/** Makes a client that is not started, with the server that the platform has. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Python in files, unsaved texts and cells of notebooks. */
const selector = ["file", "untitled", "vscode-notebook-cell"].map(scheme => ({
  scheme,
  language: "python",
}));

/**
 * Starts the language server. Never rejects: when the server cannot start, one message says so and
 * how to go on, and the client stays without findings until it is restarted.
 */
export async function runClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  create: CreateClient,
): Promise<FindingsClient> {
  const store = new DisposableStore();
  const changed = store.register(new vscode.EventEmitter<FindingsChanged>());
  const duplicates = store.register(new DuplicateFilter(uri => pullAgain(client, uri)));
  const client = create(optionsOfClient(log, duplicates));
  client.onNotification(findingsChangedNotification, (data: unknown) => {
    const read = readFindingsChanged(data);
    if (read.kind === "message") changed.fire(read.message);
    else log.error(`${findingsChangedNotification}: ${read.problem}`);
  });
  const pages = store.register(new RulePages(context.extensionUri));
  const rules = readRuleList(context.extension.packageJSON);
  store.register(registerClientCommands({ pages, rules, log, restart: () => start(client, log) }));
  await start(client, log);
  return {
    findings: uris => requestFindings(client, uris),
    runTargets: uri => requestRunTargets(client, uri),
    onDidChangeFindings: changed.event,
    dispose() {
      store.dispose();
      client.dispose().catch((error: unknown) => log.error(String(error)));
    },
  };
}

function optionsOfClient(
  log: vscode.LogOutputChannel,
  { provideDiagnostics }: DuplicateFilter,
): LanguageClientOptions {
  return {
    documentSelector: selector,
    outputChannel: log,
    diagnosticCollectionName: "memory-insights",
    initializationOptions: {
      commands: [explainCommand],
      rulePageScheme,
      announcesFindings: true,
      // VS Code would ask for all files all the time; the Problems view shows what is open.
      workspaceDiagnostics: false,
    },
    // The message of `start` says more than a dialog that only offers to try again.
    initializationFailedHandler: () => false,
    middleware: { provideDiagnostics },
  };
}

/** Asks the server for the diagnostics of a document that the editor would not ask for by itself. */
function pullAgain(client: BaseLanguageClient, uri: vscode.Uri): void {
  const document = vscode.workspace.textDocuments.find(
    open => open.uri.toString() === uri.toString(),
  );
  if (!document || !client.isRunning()) return;
  const feature = client.getFeature(DocumentDiagnosticRequest.method);
  feature.getProvider(document)?.onDidChangeDiagnosticsEmitter.fire();
}

async function start(client: BaseLanguageClient, log: vscode.LogOutputChannel): Promise<void> {
  try {
    if (client.needsStop()) await client.stop();
    await client.start();
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
  client: BaseLanguageClient,
  uris: readonly string[] | undefined,
): Promise<readonly FileFindings[]> {
  if (!client.isRunning()) return [];
  const params = uris === undefined ? {} : { uris };
  const read = readFileFindings(await client.sendRequest<unknown>(findingsRequest, params));
  if (read.kind === "problem") throw new Error(`${findingsRequest}: ${read.problem}`);
  return read.message;
}

async function requestRunTargets(
  client: BaseLanguageClient,
  uri: string,
): Promise<readonly LanguageRunTarget[]> {
  if (!client.isRunning()) return [];
  const read = readRunTargets(await client.sendRequest<unknown>(runTargetsRequest, { uri }));
  if (read.kind === "problem") throw new Error(`${runTargetsRequest}: ${read.problem}`);
  return read.message;
}
