import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { findPythonFilesByTurns } from "#files";
import { createServer } from "./create-server";
import type { ServerHost } from "./host";
import { WholeMessages } from "./whole-messages.node";

/** Files that ship beside this bundle. */
const beside = (...path: string[]) => join(__dirname, ...path);

/** The rules' pages by name; looked up once, since every finding points to one. */
const rulePages = readRulePages(beside("rules"));

const host: ServerHost = {
  async readText(uri) {
    if (!uri.startsWith("file:")) return null;
    try {
      const text = await readFile(fileURLToPath(uri), "utf8");
      // Editors show a text without its byte order mark; offsets must mean the same here.
      return text.startsWith("\ufeff") ? text.slice(1) : text;
    } catch (error) {
      // Most folders have no configuration, and a file may have been deleted since it was asked for.
      const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
      if (!isMissing) connection.console.info(`cannot read ${uri}: ${String(error)}`);
      return null;
    }
  },

  rulePageUri: ruleName => rulePages.get(ruleName) ?? null,

  async findPythonFiles(folders) {
    const paths = folders.filter(uri => uri.startsWith("file:")).map(uri => fileURLToPath(uri));
    const { files, problems } = await findPythonFilesByTurns(paths, "/");
    for (const problem of problems) connection.console.warn(problem);
    return files.map(file => pathToFileURL(file).href);
  },
};

function readRulePages(folder: string): ReadonlyMap<string, string> {
  const pages = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(pages.map(page => [parse(page).name, pathToFileURL(join(folder, page)).href]));
}

/** Speaks over standard input and output unless the arguments name another way. */
function connect() {
  if (process.argv.some(argument => /^--(node-ipc|socket|pipe)(=|$)/.test(argument))) {
    return createConnection(ProposedFeatures.all);
  }
  // Whatever writes to the console would end up between the messages.
  console.log = console.info = console.debug = console.error;
  return createConnection(ProposedFeatures.all, process.stdin, new WholeMessages(process.stdout));
}

/**
 * By default V8 lets garbage pile up to several times what is alive before it collects. A server
 * that runs for days beside an editor collects a little more often instead; edits cost the same.
 */
setFlagsFromString("--heap-growing-percent=30");
// Trees of texts that rest would pile up in the old space, see `tuneEngine` of the command line.
setFlagsFromString("--no-allocation-site-pretenuring");

const connection = connect();
createServer(connection, host);
