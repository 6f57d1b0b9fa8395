import { createRequire } from "node:module";
import { join } from "node:path";
import type { Io } from "./io";
import { usageError } from "./usage-error";

const usage = `Usage: memory-insights lsp [--stdio | --socket=PORT | --pipe=NAME]

Starts the language server for an editor. It speaks the Language Server Protocol over standard
input and output unless it is told to connect to a socket or a pipe.
`;

const badUsage = 2;

/**
 * Starts the language server in this process. Never resolves once it runs: the server ends the
 * process, with 0 when the editor shut it down first and 1 when it just went away.
 */
export function runLsp(argv: readonly string[], io: Io): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    io.out(usage);
    return Promise.resolve(0);
  }
  const unknown = argv.find(argument => !isTransport(argument));
  if (unknown !== undefined) {
    io.err(usageError(["lsp"], `unknown argument ${unknown}`));
    return Promise.resolve(badUsage);
  }
  // A bundle of its own beside this one: nobody else has to load the protocol's library.
  createRequire(__filename)(join(io.distFolder, "server.js"));
  return new Promise(() => undefined);
}

/** Editors also pass the number of their process, which ends the server when the editor is gone. */
function isTransport(argument: string): boolean {
  return /^--(stdio|node-ipc|(socket|pipe|clientProcessId)=.+)$/.test(argument);
}
