import type { Model } from "#semantics";
import {
  type Argument,
  type Assign,
  type Expression,
  type ExpressionStatement,
  type FunctionDef,
  isA,
  type Name,
} from "#syntax";
import { indentOf, indentUnit, isAlone } from "../reindent";
import type { Fix } from "../rule";

type Filling = Assign | ExpressionStatement;

/**
 * Sets attributes one by one where a constructor fills `__dict__` from its `**names` or from arguments
 * with names. Null for other sources, whose keys are not known to be names.
 */
export function setAttributes(
  statement: Filling,
  owner: Expression,
  method: FunctionDef,
  model: Model,
): Fix | null {
  if (!isAlone(statement, model) || hasComment(statement, model)) return null;
  const text = isA(statement, "Assign")
    ? fromNames(statement.value, statement, owner, method, model)
    : fromArguments(statement, owner, method, model);
  if (text === null) return null;
  return {
    title: "Set the attributes one by one",
    safety: "review",
    changes: "properties and `__setattr__` apply; attributes that were there before stay",
    edits: [{ span: statement.span, text }],
  };
}

function hasComment({ span }: Filling, { file }: Model): boolean {
  return file.comments.some(each => each.span.start > span.start && each.span.end < span.end);
}

function fromArguments(
  statement: ExpressionStatement,
  owner: Expression,
  method: FunctionDef,
  model: Model,
): string | null {
  const args = isA(statement.value, "Call") ? statement.value.args : [];
  const [only, second] = args;
  if (only && !second && only.shape !== "keyword") {
    return fromNames(only.value, statement, owner, method, model);
  }
  const lines = args.map(each => assignment(each, owner, model));
  if (lines.length === 0 || lines.includes(null)) return null;
  return lines.join(`\n${indentOf(statement, model)}`);
}

function assignment({ name, value }: Argument, owner: Expression, model: Model): string | null {
  return name && `${model.textOf(owner)}.${name.text} = ${model.textOf(value)}`;
}

function fromNames(
  names: Expression,
  statement: Filling,
  owner: Expression,
  method: FunctionDef,
  model: Model,
): string | null {
  if (!isA(names, "Name") || !isNamesParameter(names, model)) return null;
  const bindings = model.scopeOpenedBy(method)?.bindings;
  if (!bindings || bindings.has("name") || bindings.has("value")) return null;
  const indent = `${indentOf(statement, model)}${indentUnit(model)}`;
  const loop = `for name, value in ${names.text}.items():`;
  return `${loop}\n${indent}setattr(${model.textOf(owner)}, name, value)`;
}

function isNamesParameter(name: Name, model: Model): boolean {
  const writes = model.bindingOf(name)?.writes ?? [];
  const by = writes.length === 1 ? writes[0]?.by : null;
  return isA(by, "Parameter") && by.shape === "doubleStar";
}
