import type { Connection } from "vscode-languageserver";
import { describeError } from "./messages";

/** Lets something go on that nobody waits for; a failure is logged. */
export function inBackground(connection: Connection, work: Promise<unknown>): void {
  work.catch((error: unknown) => connection.console.error(describeError(error)));
}
