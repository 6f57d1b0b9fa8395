import { PassThrough } from "node:stream";
import { createServer, type ServerHost } from "#server";
import {
  type ConfigurationItem,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

/** What an editor that pulls diagnostics says of itself, as VS Code does. */
export const pulling: InitializeParams["capabilities"] = {
  textDocument: { diagnostic: { relatedInformation: true } },
  workspace: {
    configuration: true,
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
  },
};

/** A client that asks for the edit of an action once somebody chose it. */
export const resolving: InitializeParams["capabilities"] = {
  ...pulling,
  textDocument: {
    ...pulling.textDocument,
    codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] } },
  },
};

/** An editor's side of a session, in terms of what a test wants to say. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Diagnostics that the server sent by itself, oldest first. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** URIs of the notifications that findings changed, oldest first. */
  readonly changed: readonly string[];
  /** What the server wrote to the log or showed, oldest first. */
  readonly log: readonly string[];
  /** How often the server asked to be asked again. */
  readonly refreshes: number;
  /** Answer to questions about settings, or a function of what is asked; tests change it. */
  settings: unknown;
  open(uri: string, text: string, version?: number): Promise<void>;
  change(uri: string, version: number, changes: readonly object[]): Promise<void>;
  pull(uri: string): Promise<Diagnostic[]>;
  dispose(): Promise<void>;
}

/** A server's host whose closed files are those given. */
export function memoryHost(files: Readonly<Record<string, string>> = {}): ServerHost {
  return {
    readText: uri => Promise.resolve(files[uri] ?? null),
    rulePageUri: name => `file:///rules/${name}.md`,
  };
}

/** Starts a server in this process and speaks to it in real protocol messages. */
export async function startSession(
  options: {
    readonly capabilities?: InitializeParams["capabilities"];
    readonly host?: ServerHost;
    readonly settings?: unknown;
    readonly folders?: readonly string[];
    readonly initializationOptions?: object;
  } = {},
): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  createServer(
    createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
    options.host ?? memoryHost(),
  );
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  return connectClient(connection, options);
}

/** Speaks to a server at the other end of a connection. */
export async function connectClient(
  connection: ProtocolConnection,
  options: {
    readonly capabilities?: InitializeParams["capabilities"];
    readonly settings?: unknown;
    readonly folders?: readonly string[];
    readonly initializationOptions?: object;
  },
): Promise<TestClient> {
  const published: PublishDiagnosticsParams[] = [];
  const changed: string[] = [];
  const log: string[] = [];
  let settings: unknown = options.settings ?? null;
  connection.onNotification(
    "textDocument/publishDiagnostics",
    (params: PublishDiagnosticsParams) => {
      published.push(params);
    },
  );
  connection.onNotification("memoryInsights/findingsChanged", ({ uri }: { uri: string }) => {
    changed.push(uri);
  });
  for (const method of ["window/logMessage", "window/showMessage"]) {
    connection.onNotification(method, ({ message }: { message: string }) => {
      log.push(message);
    });
  }
  connection.onRequest("window/showMessageRequest", ({ message }: { message: string }) => {
    log.push(message);
    return null;
  });
  connection.onRequest("workspace/configuration", ({ items }: { items: ConfigurationItem[] }) =>
    items.map(item => (typeof settings === "function" ? answer(settings, item) : settings)),
  );
  connection.onRequest("client/registerCapability", (): null => null);
  let refreshes = 0;
  connection.onRequest("workspace/diagnostic/refresh", (): null => {
    refreshes++;
    return null;
  });
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: options.folders?.map(uri => ({ uri, name: uri })) ?? null,
    capabilities: options.capabilities ?? pulling,
    initializationOptions: {
      commands: ["memoryInsights.explain"],
      announcesFindings: true,
      ...options.initializationOptions,
    },
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    initialized,
    published,
    changed,
    log,
    get settings() {
      return settings;
    },
    set settings(value) {
      settings = value;
    },
    get refreshes() {
      return refreshes;
    },
    open: (uri, text, version = 1) =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "python", version, text },
      }),
    change: (uri, version, contentChanges) =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges,
      }),
    async pull(uri) {
      const report = await connection.sendRequest<{ items?: Diagnostic[] }>(
        "textDocument/diagnostic",
        { textDocument: { uri } },
      );
      return report.items ?? [];
    },
    async dispose() {
      await connection.sendRequest("shutdown");
      connection.dispose();
    },
  };
}

function answer(settings: unknown, item: ConfigurationItem): unknown {
  return (settings as (item: ConfigurationItem) => unknown)(item);
}

/** Waits until something is true; says what it waited for when it never becomes so. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** Gives a `startSession` for the tests of a `describe`; each ends what it has started. */
export function sessionsOfTests(): typeof startSession {
  let clients: TestClient[] = [];
  afterEach(async () => {
    const ended = clients;
    clients = [];
    for (const client of ended) await client.dispose();
  });
  return async options => {
    const client = await startSession(options);
    clients.push(client);
    return client;
  };
}
