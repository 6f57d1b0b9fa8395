import type { Model } from "#semantics";
import { enclosingStatement, type Expression, isA, type Name, type NodeOf } from "#syntax";
import type { Fix } from "../rule";

/** `error.with_traceback(None)`, `error.__traceback__ = None`, `clear_frames(error.__traceback__)`. */
export function dropsTraceback({ parent }: Name): boolean {
  if (!isA(parent, "Attribute")) return false;
  if (parent.name.text === "with_traceback") return true;
  if (parent.name.text !== "__traceback__") return false;
  const user = parent.parent;
  if (isA(user, "Assign")) return user.targets.includes(parent);
  const call = isA(user, "Argument") ? user.parent : null;
  return isA(call, "Call") && nameOf(call.callee) === "clear_frames";
}

function nameOf(callee: Expression): string | null {
  if (isA(callee, "Attribute")) return callee.name.text;
  return isA(callee, "Name") ? callee.text : null;
}

/**
 * Keeps an exception without its traceback. Null unless that is the last that a handler does with
 * it: what is raised or logged afterwards would have no traceback.
 */
export function dropTraceback(
  read: Name,
  handler: NodeOf<"ExceptHandler">,
  model: Model,
): Fix | null {
  const statement = enclosingStatement(read);
  if (handler.body.body.at(-1) !== statement) return null;
  const others = model.bindingOf(read)?.references.filter(({ node }) => node !== read);
  if (others?.some(({ node }) => enclosingStatement(node) === statement)) return null;
  const { end } = read.span;
  return {
    title: "Drop its traceback",
    safety: "review",
    changes: "whoever reads it later does not see where it was raised",
    edits: [{ span: { start: end, end }, text: ".with_traceback(None)" }],
  };
}
