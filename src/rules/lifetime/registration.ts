import type { Model } from "#semantics";
import {
  ancestors,
  enclosingFunction,
  type Expression,
  type FunctionDef,
  isA,
  type Node,
  walkExecuted,
} from "#syntax";
import { isMetaclass } from "./own-instance";

/**
 * Tells whether code fills a table while the program is being set up, and so only as often as its
 * source says: decorators, hooks of class creation, functions called by modules only. `parts` is what
 * the growth puts in, or its key.
 */
export function isRegistration(growth: Node, parts: readonly Expression[], model: Model): boolean {
  const isGiven = parts.every(part => isAsGiven(part, model));
  let below = growth;
  for (const holder of ancestors(growth)) {
    if (isFilledOnce(holder, below, growth, model)) return true;
    below = holder;
    if (holder.kind === "FunctionDef") {
      const isRegistering = model.once(holder, "registers", () => registers(holder, model));
      if (isRegistering || (isGiven && isSetter(holder))) return true;
    }
    if (holder.kind === "ClassDef" && isMetaclass(holder)) return true;
  }
  // What runs at import runs once.
  return enclosingFunction(growth)?.kind === "Module";
}

function registers(definition: FunctionDef, model: Model): boolean {
  const name = definition.name.text;
  if (/^_?(register|declare|define|install|subscribe|connect|configure|setup|init)/.test(name)) {
    return true;
  }
  if (/^__(init_subclass|set_name|prepare)__$/.test(name)) return true;
  return returnsParameter(definition) || isUsedByModuleOnly(definition, model);
}

/** Hands what it is given to a table, under a name that says so: `add_codec(name, codec)`. */
function isSetter({ name }: FunctionDef): boolean {
  return /^_*([Aa]dd|[Ss]et|[Rr]eplace|enable|disable|deprecate|alias|bind|use)(?![a-z])/.test(
    name.text,
  );
}

/** A parameter, or an item of one. */
function isAsGiven(part: Expression, model: Model): boolean {
  if (part.kind !== "Name") return false;
  const references = model.bindingOf(part)?.references ?? [];
  return references.some(({ form }) => form === "parameter" || form === "for");
}

/** Filled when it is first needed: below `if not table:` or `if table is None:`. */
function isFilledOnce(holder: Node, below: Node, growth: Node, model: Model): boolean {
  if (holder.kind !== "If" || holder.body !== below) return false;
  const { test } = holder;
  const name =
    isA(test, "Unary") && test.operator === "not"
      ? test.operand
      : isA(test, "Compare") && test.operators[0] === "is"
        ? test.operands[0]
        : null;
  if (isA(name, "Attribute")) return model.textOf(growth).startsWith(model.textOf(name));
  return isA(name, "Name") && model.bindingOf(name)?.scope.kind === "module";
}

/** A decorator that gives back what it is given: `return func`. */
function returnsParameter(definition: FunctionDef): boolean {
  const names = new Set(definition.parameters.map(parameter => parameter.name.text));
  for (const node of walkExecuted(definition)) {
    if (isA(node, "Return") && isA(node.value, "Name") && names.has(node.value.text)) return true;
  }
  return false;
}

/** Called or used as a decorator outside functions, and nowhere else in the file. */
function isUsedByModuleOnly(definition: FunctionDef, model: Model): boolean {
  const reads =
    model.bindingOf(definition.name)?.references.filter(({ use }) => use === "read") ?? [];
  return reads.length > 0 && reads.every(({ node }) => runsAtImport(node));
}

function runsAtImport(node: Node): boolean {
  for (const holder of ancestors(node)) {
    if (isA(holder, "Decorator")) return true;
    if (isA(holder, "FunctionDef", "Lambda")) return false;
  }
  return true;
}
