import type { Connection } from "vscode-languageserver";
import { inBackground } from "./background";
import type { Running } from "./create-server";
import type { Part } from "./program";

/** Keeps the open files and notebooks as the client has them. */
export function followDocuments(connection: Connection, running: () => Running): void {
  const refresh = (uri: string) => {
    const { client, publisher } = running();
    if (!client.canPull) publisher.schedule(uri);
  };
  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    lookAgain(running());
    running().documents.open(uri, version, text);
    refresh(uri);
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    lookAgain(running());
    refresh(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    running().documents.change(uri, version, contentChanges);
    refresh(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const { documents, fileSettings } = running();
    const program = documents.program(uri);
    documents.close(uri);
    fileSettings.forget(uri);
    if (program) leave(running(), program.parts);
  });
  followNotebooks(connection, running, refresh);
}

function followNotebooks(
  connection: Connection,
  running: () => Running,
  refresh: (uri: string) => void,
): void {
  const { synchronization } = connection.notebooks;
  synchronization.onDidOpenNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
    const { uri, cells } = notebookDocument;
    lookAgain(running());
    running().documents.openNotebook(uri, cells, cellTextDocuments);
    refresh(uri);
  });
  synchronization.onDidChangeNotebookDocument(({ notebookDocument: { uri }, change }) => {
    if (!change.cells) return;
    const { client, documents } = running();
    leave(running(), documents.changeNotebook(uri, change.cells));
    refresh(uri);
    // Cells that moved are not asked for again, although the program is another one.
    if (change.cells.structure && client.canPull && client.canRefresh) {
      inBackground(connection, connection.languages.diagnostics.refresh());
    }
  });
  synchronization.onDidCloseNotebookDocument(({ notebookDocument: { uri } }) => {
    leave(running(), running().documents.closeNotebook(uri));
    running().fileSettings.forget(uri);
  });
}

/** Without word of changed files, opening and saving are the moments to read configuration again. */
function lookAgain({ client, projectFiles }: Running): void {
  if (!client.canWatchFiles) projectFiles.forget();
}

/** Takes away what was said of documents that are no longer open. */
function leave({ announcer, changes, client, publisher }: Running, parts: readonly Part[]): void {
  for (const { uri } of parts) {
    announcer.close(uri);
    changes.add(uri);
    if (!client.canPull) publisher.clear(uri);
  }
}
