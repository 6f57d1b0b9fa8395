import { findingsChangedNotification } from "#protocol";
import {
  type Connection,
  ErrorCodes,
  type InitializeParams,
  ResponseError,
} from "vscode-languageserver";
import { inBackground } from "./background";
import { Announcer } from "./announcer";
import { initializeResult, registerInterests } from "./capabilities";
import { type Client, readClient } from "./client";
import { ConfigurationProblems } from "./configuration-problems";
import { Documents } from "./documents";
import { FileSettings } from "./file-settings";
import { followDocuments } from "./follow-documents";
import { followSettings } from "./follow-settings";
import type { ServerHost } from "./host";
import { describeError, ruleFailed, wrongSettings } from "./messages";
import { NotebookPulls } from "./notebook-pulls";
import { Positions } from "./positions";
import { ProjectFiles } from "./project-files";
import { Publisher } from "./publisher";
import { answerRequests, diagnosticsOf } from "./requests";
import { Session } from "./session";
import { settingProblems } from "./setting-problems";
import { SettingsStore } from "./settings";
import { answerWorkspaceRequests } from "./workspace-requests";
import { WorkspaceChanges } from "./workspace-changes";

/** What exists from the client's first request on. */
export interface Running {
  readonly client: Client;
  readonly host: ServerHost;
  readonly positions: Positions;
  readonly documents: Documents;
  /** What the client says. */
  readonly settings: SettingsStore;
  readonly projectFiles: ProjectFiles;
  /** What holds for a file. */
  readonly fileSettings: FileSettings;
  readonly session: Session;
  readonly announcer: Announcer;
  readonly publisher: Publisher;
  readonly pulls: NotebookPulls;
  readonly changes: WorkspaceChanges;
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
    return initializeResult(started.client, host);
  });
  connection.onInitialized(() => registerInterests(connection, running().client));
  connection.onShutdown(() => {
    started?.publisher.dispose();
    started?.announcer.dispose();
    started = null;
  });
  followDocuments(connection, running);
  followSettings(connection, running);
  answerRequests(connection, running);
  answerWorkspaceRequests(connection, running);
  connection.listen();
}

function start(connection: Connection, host: ServerHost, params: InitializeParams): Running {
  const client = readClient(params);
  const positions = new Positions(client.encoding);
  const documents = new Documents(positions, error =>
    connection.console.error(describeError(error)),
  );
  const settings = new SettingsStore(connection, client, tellingProblems(connection));
  const configurationProblems = new ConfigurationProblems(connection, positions);
  const projectFiles = new ProjectFiles({
    readText: uri => host.readText(uri),
    onRead: (uri, text, problems) => configurationProblems.tell(uri, text, problems),
  });
  const fileSettings = new FileSettings(settings, projectFiles);
  const announcer = new Announcer(uri => {
    inBackground(connection, connection.sendNotification(findingsChangedNotification, { uri }));
  });
  const session = new Session({
    documents,
    settings: fileSettings,
    host,
    events: {
      onRuleFailure: ({ rule, error }, uri) => {
        connection.console.error(describeError(error));
        connection.window.showWarningMessage(ruleFailed(rule.meta.code, uri));
      },
      onAnalysed: (program, analysis) => {
        if (client.options.announcesFindings) announcer.note(program, analysis);
      },
    },
  });
  const parts = { client, host, positions, documents, settings, session, announcer };
  const files = { projectFiles, fileSettings };
  const publisher = new Publisher(connection, uri => diagnosticsOf(parts, uri));
  const pulls = new NotebookPulls(() => {
    if (client.canRefresh) inBackground(connection, connection.languages.diagnostics.refresh());
  });
  return { ...parts, ...files, publisher, pulls, changes: new WorkspaceChanges() };
}

/** Each problem is told once: settings are read anew for each folder and at each change. */
function tellingProblems(connection: Connection): (section: unknown) => void {
  const told = new Set<string>();
  return section => {
    const problems = settingProblems(section).filter(problem => !told.has(problem));
    if (problems.length === 0) return;
    for (const problem of problems) told.add(problem);
    connection.window.showWarningMessage(wrongSettings(problems));
  };
}
