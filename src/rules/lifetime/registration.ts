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

/**
 * Tells whether code fills a table while the program is being set up, and so only as often as its
 * source says: decorators, hooks of class creation, functions called by modules only.
 */
export function isRegistration(growth: Node, parts: readonly Expression[], model: Model): boolean {
  const isGiven = parts.every(part => isParameter(part, model));
  for (const holder of ancestors(growth)) {
    if (holder.kind === "FunctionDef") {
      if (registers(holder, model) || (isGiven && isSetter(holder))) return true;
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

function isParameter(part: Expression, model: Model): boolean {
  if (part.kind !== "Name") return false;
  return model.bindingOf(part)?.references.some(({ form }) => form === "parameter") ?? false;
}

/** A decorator that gives back what it is given: `return func`. */
function returnsParameter(definition: FunctionDef): boolean {
  const names = new Set(definition.parameters.map(parameter => parameter.name.text));
  for (const node of walkExecuted(definition)) {
    if (isA(node, "Return") && isA(node.value, "Name") && names.has(node.value.text)) return true;
  }
  return false;
}

function isMetaclass(definition: Node & { kind: "ClassDef" }): boolean {
  return definition.args.some(
    ({ name, value }) => name === null && isA(value, "Name") && /^type$|Meta$/.test(value.text),
  );
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
