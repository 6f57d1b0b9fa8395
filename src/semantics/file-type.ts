import type { Argument, Expression } from "#syntax";
import type { InferredType } from "./type-names";

/** Functions that open files, by qualified name or as `Path.open`: where their mode stands. */
interface Opener {
  /** Place of the mode among the arguments. */
  readonly at: number;
  /** What a file gives when no mode is given, and when the mode says neither `b` nor `t`. */
  readonly usual: "text file" | "binary file";
}

const opener = (at: number, usual: Opener["usual"]): Opener => ({ at, usual });

const openers: ReadonlyMap<string, Opener> = new Map([
  ["builtins.open", opener(1, "text file")],
  ["io.open", opener(1, "text file")],
  ["os.fdopen", opener(1, "text file")],
  ["Path.open", opener(0, "text file")],
  ["gzip.open", opener(1, "binary file")],
  ["bz2.open", opener(1, "binary file")],
  ["lzma.open", opener(1, "binary file")],
  ["tempfile.NamedTemporaryFile", opener(0, "binary file")],
  ["tempfile.TemporaryFile", opener(0, "binary file")],
]);

/** The kind of file that a call opens; null when it opens none. */
export function openedFile(callee: string, args: readonly Argument[]): InferredType | null {
  // With an encoding its mode `rb` gives text.
  if (callee === "codecs.open") return "file";
  const found = openers.get(callee);
  if (!found) return null;
  if (args.some(({ shape }) => shape === "star" || shape === "doubleStar")) return "file";
  const named = args.find(({ name }) => name?.text === "mode");
  const placed = args[found.at];
  const mode = named ?? (placed?.shape === "positional" ? placed : undefined);
  return mode ? withMode(mode.value, found) : found.usual;
}

function withMode(mode: Expression, { usual }: Opener): InferredType {
  if (mode.kind !== "String" || mode.raw === null) return "file";
  if (mode.raw.includes("b")) return "binary file";
  if (mode.raw.includes("t")) return "text file";
  return usual;
}
