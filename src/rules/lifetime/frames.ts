import type { Model } from "#semantics";
import { type Attribute, type Call, type Expression, isA, type NodeOf } from "#syntax";

/** An expression that gives frames, by itself or in a traceback. */
export interface Frames {
  /** The whole expression: `sys._getframe().f_back` for the call in it. */
  readonly value: Expression;
  /**
   * `own` is the frame of the call itself, alone or among others; `caught` is what `except` caught, or
   * its traceback; `info` is the triple of `sys.exc_info()`; of `other` nothing more is known.
   */
  readonly kind: "own" | "caught" | "info" | "other";
}

/** Frames by the call or attribute that gives them; null where only a number or a name is taken. */
export function framesIn(source: Call | Attribute, model: Model): Frames | null {
  const kind = isA(source, "Attribute") ? kindOfAttribute(source) : kindOfCall(source, model);
  return kind && partTaken({ value: source, kind });
}

function kindOfAttribute(attribute: Attribute): Frames["kind"] | null {
  return isTraceback(attribute) ? "caught" : null;
}

/** `error.__traceback__`. */
export function isTraceback({ name }: Attribute): boolean {
  return name.text === "__traceback__";
}

/** The last parts of the names of the functions that give frames. */
export const frameGivers: readonly string[] = [
  "_getframe",
  "currentframe",
  "exc_info",
  "stack",
  "trace",
];

function kindOfCall({ callee, args }: Call, model: Model): Frames["kind"] | null {
  switch (model.qualifiedName(callee)) {
    case "sys.exc_info":
      return "info";
    case "inspect.currentframe":
    case "inspect.stack":
      return "own";
    case "inspect.trace":
      return "other";
    case "sys._getframe":
      return args.length === 0 || isZero(args[0]?.value) ? "own" : "other";
    default:
      return null;
  }
}

function isZero(value: Expression | undefined): boolean {
  return isA(value, "Number") && value.text === "0";
}

/** Members of frames, tracebacks and frame records that are frames or tracebacks again. */
const framesOfFrames: ReadonlySet<string> = new Set(["f_back", "tb_next", "tb_frame", "frame"]);

/** What is taken of the frames: `[2]`, `.f_back`. Null when it is no frame any more: `.f_lineno`. */
function partTaken(frames: Frames): Frames | null {
  const { value, kind } = frames;
  const user = value.parent;
  if (isA(user, "Attribute")) {
    return framesOfFrames.has(user.name.text) ? partTaken({ value: user, kind: "other" }) : null;
  }
  if (!isA(user, "Subscript") || user.object !== value) return frames;
  return isFrameItem(user, kind) ? partTaken({ value: user, kind: itemKind(kind) }) : null;
}

/** The first of `sys.exc_info()` is a class; a record of `inspect.stack()` starts with a frame. */
function isFrameItem({ index }: NodeOf<"Subscript">, kind: Frames["kind"]): boolean {
  if (!isA(index, "Number")) return false;
  return kind === "info" ? !isZero(index) : kind === "own" || isZero(index);
}

function itemKind(kind: Frames["kind"]): Frames["kind"] {
  return kind === "info" ? "caught" : "other";
}
