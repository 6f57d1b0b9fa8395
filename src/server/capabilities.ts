import { settingsSection } from "#protocol";
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { inBackground } from "./background";
import type { Client } from "./client";
import { codeActionKinds } from "./code-actions";
import type { ServerHost } from "./host";

/** Says what the server can do for a client. */
export function initializeResult(client: Client, host: ServerHost): InitializeResult {
  return {
    serverInfo: { name: "memory-insights" },
    capabilities: {
      positionEncoding: client.encoding,
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        save: !client.canWatchFiles,
      },
      notebookDocumentSync: {
        notebookSelector: [{ notebook: "*", cells: [{ language: "python" }] }],
      },
      codeActionProvider: { codeActionKinds, resolveProvider: client.canResolveEdit },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(client.canPull && {
        diagnosticProvider: {
          identifier: "memory-insights",
          interFileDependencies: false,
          workspaceDiagnostics: hasWorkspaceDiagnostics(client, host),
          workDoneProgress: true,
        },
      }),
    },
  };
}

/** Only where files can be listed, and not for who asks all the time without wanting it. */
function hasWorkspaceDiagnostics(client: Client, host: ServerHost): boolean {
  return host.findPythonFiles !== undefined && client.options.workspaceDiagnostics !== false;
}

/** Files that settings are read from. */
const configurationGlob = "**/{pyproject.toml,memory-insights.toml,.gitignore}";
/** Files that the workspace's diagnostics are of. */
const sourceGlob = "**/*.{py,pyi,pyw}";

/** Asks the client to tell of what changes outside of open documents. */
export function registerInterests(connection: Connection, client: Client): void {
  if (client.canRegisterConfiguration) {
    const { type } = DidChangeConfigurationNotification;
    inBackground(connection, connection.client.register(type, { section: settingsSection }));
  }
  if (client.canWatchFiles) {
    const { type } = DidChangeWatchedFilesNotification;
    const reportsAll = client.options.workspaceDiagnostics !== false;
    const globs = reportsAll ? [configurationGlob, sourceGlob] : [configurationGlob];
    const watchers = globs.map(globPattern => ({ globPattern }));
    inBackground(connection, connection.client.register(type, { watchers }));
  }
}
