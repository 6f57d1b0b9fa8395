import { instanceClass, type Model } from "#semantics";
import { type ClassDef, enclosingClass, type Expression, type FunctionDef, isA } from "#syntax";

/** Methods that Python gives the class itself. */
const givenTheClass: ReadonlySet<string> = new Set([
  "__new__",
  "__init_subclass__",
  "__class_getitem__",
]);

/**
 * The class of which a value is an instance, told from the code of that class: `self`, or what its
 * `__new__` has just made. Null for classes, and where it is not known.
 */
export function classOfOwnInstance(value: Expression, model: Model): ClassDef | null {
  if (!isA(value, "Name")) return null;
  const binding = model.bindingOf(value);
  const method = binding?.scope.node;
  if (!binding || !isA(method, "FunctionDef")) return null;
  const { writes } = binding;
  const by = writes.length === 1 ? writes[0]?.by : null;
  if (isA(by, "Assign")) return isMadeByNew(by.value) ? enclosingClass(method) : null;
  return isGivenTheClass(method, model) ? null : instanceClass(value, model);
}

function isGivenTheClass({ name, decorators }: FunctionDef, model: Model): boolean {
  if (givenTheClass.has(name.text)) return true;
  return decorators.some(({ expression }) => model.builtinName(expression) === "classmethod");
}

/** `super().__new__(cls)`, `object.__new__(cls)`. */
function isMadeByNew(value: Expression): boolean {
  return (
    isA(value, "Call") && isA(value.callee, "Attribute") && value.callee.name.text === "__new__"
  );
}

/** Tells whether a class is a metaclass, so that its instances are classes. */
export function isMetaclass({ args }: ClassDef): boolean {
  return args.some(
    ({ name, value }) => name === null && isA(value, "Name") && /^type$|Meta$/.test(value.text),
  );
}
