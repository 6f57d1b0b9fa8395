import type { Binding, Model, Reference } from "#semantics";
import { type Expression, isA, type Node, type Parameter, walk } from "#syntax";

/**
 * Tells whether a value depends on what a function is called with, through local names. Constants do
 * not, nor do classes, functions and their names: there are only as many as the program has. A
 * remainder such as `n % 8` has few values too.
 */
export function variesByCall(value: Expression, model: Model): boolean {
  return varies(value, model, new Set());
}

function varies(root: Node, model: Model, seen: Set<Binding>): boolean {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (isPartOfProgram(node, model) || isRemainder(node)) continue;
    if (node.kind === "Name") {
      const binding = model.bindingOf(node);
      if (binding && bindingVaries(binding, model, seen)) return true;
    } else if (node.kind === "Attribute") pending.push(node.object);
    else pending.push(...node.children);
  }
  return false;
}

const programAttributes: ReadonlySet<string> = new Set([
  "__class__",
  "__name__",
  "__qualname__",
  "__module__",
]);

function isPartOfProgram(node: Node, model: Model): boolean {
  if (node.kind === "Attribute") return programAttributes.has(node.name.text);
  return node.kind === "Call" && model.builtinName(node.callee) === "type";
}

function isRemainder(node: Node): boolean {
  return isA(node, "Binary") && node.operator === "%" && isA(node.right, "Number");
}

function bindingVaries(binding: Binding, model: Model, seen: Set<Binding>): boolean {
  if (seen.has(binding)) return false;
  seen.add(binding);
  return binding.references.some(reference => writeVaries(reference, model, seen));
}

function writeVaries({ by, node }: Reference, model: Model, seen: Set<Binding>): boolean {
  switch (by?.kind) {
    case "Parameter":
      return !isCode(by) && callersVary(by, model, seen);
    case "Assign":
    case "AugmentedAssign":
    case "NamedExpression":
      return varies(by.value, model, seen);
    case "AnnotatedAssign":
      return by.value !== null && varies(by.value, model, seen);
    case "For":
    case "ForClause":
      return varies(by.iterable, model, seen);
    case "WithItem":
      return varies(by.context, model, seen);
    case "MatchCase":
      return varies(node, model, seen);
    default:
      return false;
  }
}

/**
 * A private function is called by this file alone: when it is always called with the
 * same constants in a place, there are only as many values as calls in the source.
 */
function callersVary(parameter: Parameter, model: Model, seen: Set<Binding>): boolean {
  const definition = parameter.parent;
  if (!isA(definition, "FunctionDef")) return true;
  if (!/^_[^_]/.test(definition.name.text)) return true;
  const reads = model.bindingOf(definition.name)?.references.filter(({ use }) => use === "read");
  if (!reads || reads.length === 0) return true;
  const index = definition.parameters.indexOf(parameter);
  return reads.some(({ node }) => {
    const call = node.parent;
    if (!isA(call, "Call") || call.callee !== node) return true;
    const isSpread = call.args.some(({ shape }) => shape === "star" || shape === "doubleStar");
    const named = call.args.find(({ name }) => name?.text === parameter.name.text);
    // Behind a `*`, any argument may be this one.
    const given = isSpread ? call.args : [named ?? call.args[index]];
    return given.some(each => each !== undefined && varies(each.value, model, seen));
  });
}

/** Parameters that stand for a class or a function. */
function isCode({ annotation, name }: Parameter): boolean {
  if (/^(cls|klass|func|fn|function|callback|handler|mcs|typ|model)$/.test(name.text)) return true;
  if (/^(cls|class|type)_|_(cls|class|type|func)$/.test(name.text)) return true;
  for (const node of annotation ? walk(annotation) : []) {
    if (isA(node, "Name") && /^(type|Type|Callable|ModuleType)$/.test(node.text)) return true;
  }
  return false;
}
