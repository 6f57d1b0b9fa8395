import { instanceClass, type Model } from "#semantics";
import { type Assign, type ClassDef, type Expression, type FunctionDef, isA, walk } from "#syntax";
import { defineRule } from "../rule";

/** An object that refers to itself is freed by the collector only, and its `__del__` waits for it. */
export const finalizerInCycle = defineRule({
  meta: {
    name: "finalizer-in-cycle",
    code: "MEM404",
    summary:
      "Object with a finalizer refers to itself, so that the finalizer waits for the collector",
    severity: "information",
    isDefault: false,
    gains: ["lifetime"],
  },
  visits: ["FunctionDef"],
  concerns: ({ name }) => name.text === "__del__",

  *check(finalizer, model) {
    const owner = finalizer.parent?.parent;
    if (finalizer.name.text !== "__del__" || !isA(owner, "ClassDef")) return;
    const closing = closingReference(owner, model);
    const [target] = closing?.targets ?? [];
    if (!closing || !target) return;
    yield {
      span: finalizer.name.span,
      message: "`__del__` waits for the collector, because the object refers to itself",
      related: [{ span: closing.span, message: `\`${model.textOf(target)}\` leads back to it` }],
    };
  },
});

/** What the constructor puts into the object that holds the object itself. */
function closingReference(owner: ClassDef, model: Model): Assign | null {
  const constructor = owner.body.body.find(
    each => isA(each, "FunctionDef") && each.name.text === "__init__",
  );
  for (const node of constructor ? walk(constructor) : []) {
    if (!isA(node, "Assign")) continue;
    const [target] = node.targets;
    if (!isA(target, "Attribute") || !isOwner(target.object, owner, model)) continue;
    if (holdsOwner(node.value, owner, model)) return node;
  }
  return null;
}

function isOwner(expression: Expression, owner: ClassDef, model: Model): boolean {
  return isA(expression, "Name") && instanceClass(expression, model) === owner;
}

/** A bound method, a lambda that uses `self`, or an object of this file that keeps `self`. */
function holdsOwner(value: Expression, owner: ClassDef, model: Model): boolean {
  if (isA(value, "Attribute")) {
    return isOwner(value.object, owner, model) && isMethod(value.name.text, owner, model);
  }
  if (isA(value, "Lambda")) return [...walk(value.body)].some(each => isSelf(each, owner, model));
  if (!isA(value, "Call")) return false;
  if (model.qualifiedName(value.callee) === "functools.partial") {
    return value.args.some(each => holdsOwner(each.value, owner, model));
  }
  const index = value.args.findIndex(
    each => each.shape === "positional" && isOwner(each.value, owner, model),
  );
  const made = index < 0 ? null : model.definitionOf(value.callee);
  return isA(made, "ClassDef") && keepsArgument(made, index, model);
}

function isSelf(node: Parameters<typeof walk>[0], owner: ClassDef, model: Model): boolean {
  return isA(node, "Name") && isOwner(node, owner, model);
}

function isMethod(name: string, { body }: ClassDef, model: Model): boolean {
  const method = body.body.find(
    (each): each is FunctionDef => isA(each, "FunctionDef") && each.name.text === name,
  );
  if (!method) return false;
  const names = method.decorators.map(each => model.builtinName(each.expression));
  return !names.some(each => each === "property" || each === "staticmethod");
}

/** Whether a constructor puts its argument of an index into the new object. */
function keepsArgument(made: ClassDef, index: number, model: Model): boolean {
  const constructor = made.body.body.find(
    (each): each is FunctionDef => isA(each, "FunctionDef") && each.name.text === "__init__",
  );
  const parameter = constructor?.parameters[index + 1];
  if (!constructor || !parameter) return false;
  for (const node of walk(constructor.body)) {
    if (!isA(node, "Assign") || !isA(node.value, "Name")) continue;
    if (model.bindingOf(node.value) !== model.bindingOf(parameter.name)) continue;
    const [target] = node.targets;
    if (isA(target, "Attribute") && isOwner(target.object, made, model)) return true;
  }
  return false;
}
