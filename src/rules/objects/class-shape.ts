import type { Model } from "#semantics";
import { type ClassDef, type Expression, isA, type Node, walk } from "#syntax";

/** Decorators that give a method no place of its own in the instance. */
const plainDecorators =
  /^(builtins\.(property|staticmethod|classmethod)|(abc|contextlib|functools|typing|typing_extensions)\.\w+)$/;

/** Functions and decorators that work through an instance's `__dict__`. */
const dictUsers: ReadonlySet<string> = new Set([
  "builtins.setattr",
  "builtins.vars",
  "functools.cached_property",
]);

/** Tells whether a class says by itself which attributes its instances have. */
export function hasSlots({ body }: ClassDef): boolean {
  return body.body.some(statement => {
    if (isA(statement, "Assign")) return statement.targets.some(isSlots);
    return isA(statement, "AnnotatedAssign") && isSlots(statement.target);
  });
}

function isSlots(target: Expression): boolean {
  return isA(target, "Name") && target.text === "__slots__";
}

/**
 * The names of the attributes that a class's own code gives to objects, whichever they are; null when
 * the code may give others: through `__dict__`, `vars`, `setattr`, `cached_property` or a decorator of
 * which nothing is known.
 */
export function assignedAttributes(definition: ClassDef, model: Model): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const node of walk(definition.body)) {
    if (isA(node, "Attribute")) {
      if (node.name.text === "__dict__" || node.name.text === "__setattr__") return null;
      if (isAssigned(node)) names.add(node.name.text);
    }
    if (isA(node, "Decorator") && !isPlain(node.expression, model)) return null;
    if (isA(node, "Name", "Attribute") && dictUsers.has(model.qualifiedName(node) ?? "")) {
      return null;
    }
  }
  return names;
}

function isPlain(decorator: Expression, model: Model): boolean {
  const callee = isA(decorator, "Call") ? decorator.callee : decorator;
  if (isA(callee, "Attribute") && /^(getter|setter|deleter)$/.test(callee.name.text)) return true;
  return plainDecorators.test(model.qualifiedName(callee) ?? "");
}

/** Tells whether an expression is where a value goes, or is taken away. */
export function isAssigned(target: Expression): boolean {
  let below: Node = target;
  let above = target.parent;
  while (isA(above, "Tuple", "List", "Starred")) {
    below = above;
    above = above.parent;
  }
  switch (above?.kind) {
    case "Assign":
    case "Delete":
      return above.targets.some(each => each === below);
    case "AnnotatedAssign":
    case "AugmentedAssign":
    case "For":
    case "ForClause":
    case "WithItem":
      return above.target === below;
    default:
      return false;
  }
}

/**
 * Tells whether code of the file gives attributes to, or refers weakly to, an instance that it makes
 * by calling the class and binds to a name.
 *
 * @param own names of attributes that instances have anyway
 */
export function isInstanceChanged(
  { name }: ClassDef,
  own: ReadonlySet<string>,
  model: Model,
): boolean {
  const references = model.bindingOf(name)?.references ?? [];
  return references.some(({ node }) => {
    const call = node.parent;
    if (!isA(call, "Call") || call.callee !== node) return false;
    const by = call.parent;
    const [target] = isA(by, "Assign") ? by.targets : [];
    const uses = isA(target, "Name") ? model.bindingOf(target)?.references : null;
    return (uses ?? []).some(use => isChangedAt(use.node, own, model));
  });
}

function isChangedAt({ parent }: Node, own: ReadonlySet<string>, model: Model): boolean {
  if (isA(parent, "Attribute")) {
    const { text } = parent.name;
    return text === "__dict__" || (!own.has(text) && isAssigned(parent));
  }
  if (!isA(parent, "Argument") || !isA(parent.parent, "Call")) return false;
  const name = model.qualifiedName(parent.parent.callee) ?? "";
  return name.startsWith("weakref.") || dictUsers.has(name);
}

/** Bases that give instances nothing of their own: theirs have empty slots. */
const emptyBases: ReadonlySet<string> = new Set([
  "abc.ABC",
  "builtins.object",
  "typing.Generic",
  "typing.Protocol",
]);

/** Tells whether slots would save the `__dict__`: no base and no metaclass brings one along. */
export function hasOnlyEmptyBases({ args }: ClassDef, model: Model): boolean {
  return args.every(({ shape, value }) => {
    const base = isA(value, "Subscript") ? value.object : value;
    return shape === "positional" && emptyBases.has(model.qualifiedName(base) ?? "");
  });
}

/** Tells whether another class of the file is derived from a class. */
export function hasSubclass({ name }: ClassDef, model: Model): boolean {
  const references = model.bindingOf(name)?.references ?? [];
  return references.some(
    ({ node }) => isA(node.parent, "Argument") && isA(node.parent.parent, "ClassDef"),
  );
}

/** `super()` without arguments, and `__class__`: they mean the class as it was before slots. */
export function namesOwnClass({ body }: ClassDef, model: Model): boolean {
  for (const node of walk(body)) {
    if (isA(node, "Name") && node.text === "__class__") return true;
    if (isA(node, "Call") && node.args.length === 0 && model.builtinName(node.callee) === "super")
      return true;
  }
  return false;
}
