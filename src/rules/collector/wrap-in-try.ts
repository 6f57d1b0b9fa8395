import type { Edit } from "#base";
import type { Model } from "#semantics";
import { type Call, enclosingStatement, isA, type Node, siblings, type Statement } from "#syntax";
import { indentedAfter, indentOf, indentUnit, isAlone, lineEnd } from "../reindent";
import type { Fix } from "../rule";

/**
 * Puts what follows `gc.disable()` in a `try` that switches the collector on again: up to a
 * `gc.enable()` that stands beside it, else to the end of the function.
 */
export function wrapInTry(disable: Call, model: Model): Fix | null {
  const statement = enclosingStatement(disable);
  if (!isA(statement, "ExpressionStatement") || statement.value !== disable) return null;
  const all = siblings(statement);
  const following = all.slice(all.indexOf(statement) + 1);
  const end = following.findIndex(each => isEnable(each, model));
  const edits =
    end >= 0
      ? aroundUntil(statement, following.slice(0, end), following[end], model)
      : aroundRest(statement, following, disable, model);
  if (!edits) return null;
  return {
    title: "Enable the collector in a finally",
    safety: "review",
    changes: "the collector is on afterwards in any case, also where it was off before",
    edits,
  };
}

function isEnable(statement: Statement, model: Model): boolean {
  if (!isA(statement, "ExpressionStatement") || !isA(statement.value, "Call")) return false;
  return model.qualifiedName(statement.value.callee) === "gc.enable";
}

function aroundUntil(
  disable: Node,
  body: readonly Node[],
  enable: Node | undefined,
  model: Model,
): Edit[] | null {
  const unit = indentUnit(model);
  const moved = indentedAfter(disable, body, model);
  if (!moved || !enable || !isAlone(enable, model)) return null;
  const at = enable.span.start;
  const text = `finally:\n${indentOf(disable, model)}${unit}`;
  return [openTry(disable, model), ...moved, { span: { start: at, end: at }, text }];
}

function aroundRest(disable: Node, body: readonly Node[], call: Call, model: Model): Edit[] | null {
  // In the block of an `if` the rest of the function would run with the collector on.
  if (!isA(disable.parent?.parent, "FunctionDef") || !isA(call.callee, "Attribute")) return null;
  const unit = indentUnit(model);
  const moved = indentedAfter(disable, body, model);
  const last = body.at(-1);
  if (!moved || !last) return null;
  const at = lineEnd(last.span.end, model.file);
  const indent = indentOf(disable, model);
  const enable = `${model.textOf(call.callee.object)}.enable()`;
  const text = `\n${indent}finally:\n${indent}${unit}${enable}`;
  return [openTry(disable, model), ...moved, { span: { start: at, end: at }, text }];
}

function openTry(disable: Node, model: Model): Edit {
  const at = lineEnd(disable.span.end, model.file);
  return { span: { start: at, end: at }, text: `\n${indentOf(disable, model)}try:` };
}
