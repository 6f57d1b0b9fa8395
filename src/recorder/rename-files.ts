import type { HelloMessage, ProcessMessage } from "#profile";

/** Gives the name that a file of a program elsewhere has on this machine. */
export type FileRename = (file: string, hello: Pick<HelloMessage, "cwd">) => string;

/** Gives a message with other names for its files. */
export function renameFiles(
  message: ProcessMessage,
  rename: (file: string) => string,
): ProcessMessage {
  const renameRow = <R extends readonly unknown[]>([file, ...rest]: readonly [string, ...R]) =>
    [rename(file), ...rest] as const;
  switch (message.kind) {
    case "lines":
      return { ...message, rows: message.rows.map(renameRow) };
    case "functions":
      return { ...message, rows: message.rows.map(renameRow) };
    case "delta":
      return {
        ...message,
        at: message.at && { ...message.at, file: rename(message.at.file) },
        rows: message.rows.map(renameRow),
        turnover: message.turnover.map(renameRow),
        objects: message.objects.map(renameRow),
      };
    case "snapshot":
      return {
        ...message,
        rows: message.rows.map(renameRow),
        freed: message.freed.map(renameRow),
      };
    case "limit":
      return { ...message, file: rename(message.file) };
    case "hello":
    case "samples":
    case "collections":
    case "level":
    case "types":
    case "cost":
    case "problem":
    case "end":
      return message;
  }
}
