import { findingsChangedNotification, settingsSection } from "#protocol";
import {
  type Connection,
  DidChangeConfigurationNotification,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { type Client, readClient } from "./client";
import { codeActionKinds } from "./code-actions";
import { Documents } from "./documents";
import type { ServerHost } from "./host";
import { describeError, ruleFailed } from "./messages";
import { Publisher } from "./publisher";
import { answerRequests, diagnosticsOf } from "./requests";
import { Session } from "./session";
import { SettingsStore } from "./settings";

/** What exists from the client's first request on. */
export interface Running {
  readonly client: Client;
  readonly host: ServerHost;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly session: Session;
  readonly publisher: Publisher;
}

/**
 * Serves one client over a connection until it closes. A request that fails is answered with its
 * error and a notification that fails is logged; the session goes on.
 */
export function createServer(connection: Connection, host: ServerHost): void {
  let started: Running | null = null;
  const running = (): Running => {
    if (started) return started;
    throw new ResponseError(ErrorCodes.ServerNotInitialized, "the server is not initialized");
  };

  connection.onInitialize(params => {
    started = start(connection, host, params);
    return initializeResult(started.client);
  });
  connection.onInitialized(() => {
    if (!running().client.canRegisterConfiguration) return;
    const { type } = DidChangeConfigurationNotification;
    void connection.client.register(type, { section: settingsSection });
  });
  connection.onShutdown(() => {
    started?.publisher.dispose();
    started = null;
  });
  followDocuments(connection, running);
  answerRequests(connection, running);
  connection.listen();
}

function start(connection: Connection, host: ServerHost, params: InitializeParams): Running {
  const client = readClient(params);
  const documents = new Documents();
  const settings = new SettingsStore(connection, client.hasConfiguration);
  const session = new Session({
    documents,
    settings,
    host,
    events: {
      onRuleFailure: ({ rule, error }, uri) => {
        connection.console.error(describeError(error));
        connection.window.showWarningMessage(ruleFailed(rule.meta.code, uri));
      },
      onFindingsChanged: uri => {
        void connection.sendNotification(findingsChangedNotification, { uri });
      },
    },
  });
  const publisher = new Publisher(connection, uri => diagnosticsOf({ client, host, session }, uri));
  return { client, host, documents, settings, session, publisher };
}

function initializeResult(client: Client): InitializeResult {
  return {
    serverInfo: { name: "memory-insights" },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: { codeActionKinds },
      ...(client.canPull && {
        diagnosticProvider: {
          identifier: "memory-insights",
          interFileDependencies: false,
          workspaceDiagnostics: false,
        },
      }),
    },
  };
}

/** Keeps the documents and settings as the client has them. */
function followDocuments(connection: Connection, running: () => Running): void {
  const refresh = (uri: string) => {
    const { client, publisher } = running();
    if (!client.canPull) publisher.schedule(uri);
  };
  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    running().documents.open(uri, version, text);
    refresh(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    running().documents.change(uri, version, contentChanges);
    refresh(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const { client, publisher, session } = running();
    session.close(uri);
    if (!client.canPull) publisher.clear(uri);
  });
  connection.onDidChangeConfiguration(async ({ settings }) => {
    const { client, documents, session, settings: store } = running();
    store.change(settings);
    if (client.canPull && client.canRefresh) await connection.languages.diagnostics.refresh();
    // Whoever only listens to findings learns of the change without a pull.
    for (const { uri } of documents.all()) {
      await session.analyse(uri);
      refresh(uri);
    }
  });
}
