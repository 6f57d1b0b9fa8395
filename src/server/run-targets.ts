import { findRunTargets, isTestFile } from "#analyzer";
import type { LanguageRunTarget } from "#protocol";
import type { Running } from "./create-server";
import { linedText, Positions } from "./positions";

/** What the protocol counts in, whatever the client counts in elsewhere. */
const positions = new Positions("utf-16");

/** Far longer than anything that people run by a click. */
const longestText = 2_000_000;

/**
 * Finds what of a file can be run by itself, as the editor has it or else as it is on disk. Nothing
 * of what cannot be read, nor of a cell: Python runs files.
 */
export async function runTargetsOf(
  { documents, host }: Pick<Running, "documents" | "host">,
  uri: string,
): Promise<readonly LanguageRunTarget[]> {
  const open = documents.get(uri);
  if (open && open.program.uri !== uri) return [];
  const text = open ? open.part.text : await host.readText(uri);
  if (text === null || text.length > longestText) return [];
  const lined = linedText(text);
  return findRunTargets(text, isTestFile(uri)).map(
    ({ kind, path, span, nameSpan, isUnittest, needs }) => {
      const range = positions.toRange(lined, span);
      const nameRange = positions.toRange(lined, nameSpan);
      return { kind, path, range, nameRange, isUnittest, needs };
    },
  );
}
