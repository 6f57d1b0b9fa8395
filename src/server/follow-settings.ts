import type { Connection } from "vscode-languageserver";
import { inBackground } from "./background";
import type { Running } from "./create-server";
import { isConfigurationFile } from "./project-files";

/** Keeps the settings as the client and the files on disk have them. */
export function followSettings(connection: Connection, running: () => Running): void {
  connection.onDidChangeConfiguration(async ({ settings }) => {
    running().settings.change(settings);
    await analyseAnew(connection, running());
  });
  connection.onNotification(
    "workspace/didChangeWorkspaceFolders",
    async ({ event }: DidChangeFolders) => {
      const uris = (folders: readonly { readonly uri: string }[]) => folders.map(({ uri }) => uri);
      running().settings.changeFolders(uris(event.added), uris(event.removed));
      await analyseAnew(connection, running());
    },
  );
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    for (const { uri } of changes) running().changes.add(uri);
    if (changes.some(({ uri }) => isConfigurationFile(uri) || uri.endsWith("/.gitignore"))) {
      running().projectFiles.forget();
      await analyseAnew(connection, running());
    }
  });
}

/** What is known of the protocol's notification here; a wrong shape throws, which is logged. */
interface DidChangeFolders {
  readonly event: {
    readonly added: readonly { readonly uri: string }[];
    readonly removed: readonly { readonly uri: string }[];
  };
}

/** Findings of open documents under other settings than before. */
async function analyseAnew(
  connection: Connection,
  { changes, client, documents, publisher, session }: Running,
): Promise<void> {
  changes.addAll();
  if (client.canPull && client.canRefresh) {
    inBackground(connection, connection.languages.diagnostics.refresh());
  }
  for (const { uri } of documents.programs()) {
    // Whoever only listens to findings learns of the change without a pull.
    if (client.options.announcesFindings) await session.analyseProgram(uri);
    if (!client.canPull) publisher.schedule(uri);
  }
}
