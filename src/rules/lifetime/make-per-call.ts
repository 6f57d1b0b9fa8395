import type { Edit } from "#base";
import type { Model } from "#semantics";
import { type Expression, type FunctionDef, isA, type Parameter, walk } from "#syntax";
import { indentOf, indentUnit, isAlone, lineEnd } from "../reindent";
import type { Fix } from "../rule";
import { bodyWithoutDocstring } from "./function-body";

/**
 * Puts None in the signature and makes the value at the top of the body. Null where the body shares
 * a line with something else, or the value would mean something else there.
 */
export function makePerCall(
  definition: FunctionDef,
  parameter: Parameter,
  made: Expression,
  model: Model,
): Fix | null {
  const edit = insertionAtTop(definition, parameter, made, model);
  if (!edit || !canMoveIntoBody(made, definition, model)) return null;
  const changes = parameter.annotation
    ? "each call gets a new object, callers may pass None, and the annotation must admit None"
    : "each call gets a new object, and callers may pass None";
  const edits = [{ span: made.span, text: "None" }, edit];
  return { title: "Make the default in each call", safety: "review", changes, edits };
}

function insertionAtTop(
  definition: FunctionDef,
  parameter: Parameter,
  made: Expression,
  model: Model,
): Edit | null {
  const { docstring, rest } = bodyWithoutDocstring(definition);
  const beside = rest[0] ?? docstring;
  if (!beside || !definition.body.body.every(each => isAlone(each, model))) return null;
  const indent = indentOf(beside, model);
  const name = parameter.name.text;
  const value = model.textOf(made);
  const lines = `if ${name} is None:\n${indent}${indentUnit(model)}${name} = ${value}`;
  if (rest[0]) {
    const at = rest[0].span.start;
    return { span: { start: at, end: at }, text: `${lines}\n${indent}` };
  }
  const at = lineEnd(beside.span.end, model.file);
  return { span: { start: at, end: at }, text: `\n${indent}${lines}` };
}

/** Moved into the body, the expression must mean the same: only names from outside the function. */
function canMoveIntoBody(made: Expression, definition: FunctionDef, model: Model): boolean {
  if (model.textOf(made).includes("\n")) return false;
  const own = model.scopeOpenedBy(definition)?.bindings;
  for (const node of walk(made)) {
    if (node.kind !== "Name") continue;
    if (isA(node.parent, "Attribute", "Argument") && node.parent.name === node) continue;
    if (own?.has(node.text) || model.qualifiedName(node) === null) return false;
  }
  return true;
}
