import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from "vscode-languageserver/browser";
import { readTextRequest } from "#protocol";
import { createServer } from "./create-server";
import type { ServerHost } from "./host";

// A worker's own scope is its port to whoever started it.
const connection = createConnection(
  new BrowserMessageReader(globalThis),
  new BrowserMessageWriter(globalThis),
);

/** A browser has no files: the client reads them, through the editor's file systems. */
const host: ServerHost = {
  async readText(uri) {
    try {
      const text: unknown = await connection.sendRequest(readTextRequest, { uri });
      return typeof text === "string" ? text : null;
    } catch (error) {
      connection.console.info(`cannot read ${uri}: ${String(error)}`);
      return null;
    }
  },

  // The editor opens pages by its own command; a link into the extension's folder works in none.
  rulePageUri: () => null,
};

createServer(connection, host);
