import type { Call, Expression, Name, Node, NodeOf } from "#syntax";
import { annotationType } from "./annotation-types";
import { constantTypes } from "./function-types";
import { calledType, calledMethodType } from "./call-types";
import { attributeTypes } from "./method-types";
import type { Names } from "./names";
import { binaryType, compareType, unaryType } from "./operator-types";
import { elementTypes, partType } from "./part-types";
import type { Binding, Reference } from "./scope";
import { type InferredType, type TypeName, typeName } from "./type-names";

export type { TypeName } from "./type-names";

/** How far a chain of assignments is followed. */
const maxDepth = 8;

/** Tells types from literals, constructors, annotations and well-known calls; null when not sure. */
export function createTypes(names: Names): {
  typeOf: (expression: Expression) => TypeName | null;
  /** Drops what was found out about names, which rests on the text as it was then. */
  forget: () => void;
} {
  const types = new TypeInference(names);
  return {
    typeOf: expression => typeName(types.typeOf(expression, 0)),
    forget: () => {
      types.forget();
    },
  };
}

/** Types of expressions whose kind alone tells it. */
const literalTypes: Readonly<Partial<Record<Expression["kind"], TypeName>>> = {
  List: "list",
  ListComprehension: "list",
  Tuple: "tuple",
  Set: "set",
  SetComprehension: "set",
  Dict: "dict",
  DictComprehension: "dict",
  Generator: "generator",
};

class TypeInference {
  readonly #names: Names;
  /** Types of bindings asked for before; true until an edit, and dropped by `forget`. */
  readonly #known = new Map<Binding, InferredType | null>();

  constructor(names: Names) {
    this.#names = names;
  }

  forget(): void {
    this.#known.clear();
  }

  typeOf(expression: Expression, depth: number): InferredType | null {
    if (depth > maxDepth) return null;
    const typeOf = (each: Expression) => this.typeOf(each, depth + 1);
    switch (expression.kind) {
      case "String":
        return expression.isBytes ? "bytes" : "str";
      case "Number":
        return numberType(expression.text);
      case "Constant":
        return constantType(expression.value);
      case "NamedExpression":
        return typeOf(expression.value);
      case "Conditional":
        return same(typeOf(expression.body), typeOf(expression.orElse));
      case "Boolean":
        return same(typeOf(expression.left), typeOf(expression.right));
      case "Unary":
        return unaryType(expression.operator, typeOf(expression.operand));
      case "Binary":
        return binaryType(expression.operator, typeOf(expression.left), typeOf(expression.right));
      case "Compare":
        return compareType(expression.operators, expression.operands.map(typeOf));
      case "Call":
        return this.#callType(expression, depth + 1);
      case "Subscript":
        return partType(typeOf(expression.object), expression.index);
      case "Attribute":
        return (
          constantTypes.get(this.#names.qualifiedName(expression) ?? "") ??
          attributeTypes.get(`${typeOf(expression.object) ?? ""}.${expression.name.text}`) ??
          null
        );
      case "Name":
        return this.#nameType(expression, depth + 1);
      default:
        return literalTypes[expression.kind] ?? null;
    }
  }

  #callType({ callee, args }: Call, depth: number): InferredType | null {
    const typeOf = (each: Expression) => this.typeOf(each, depth);
    const qualified = this.#names.qualifiedName(callee);
    const known = qualified === null ? null : calledType(qualified, args, typeOf);
    if (known !== null) return known;
    if (callee.kind === "Name") return this.#ownFunctionType(callee);
    if (callee.kind !== "Attribute") return null;
    const owner = typeOf(callee.object);
    return owner === null ? null : calledMethodType(owner, callee.name.text, args, typeOf);
  }

  /** What a function of this file says that it gives. */
  #ownFunctionType(callee: Name): InferredType | null {
    const binding = this.#names.bindingOf(callee);
    const [write, ...others] = binding?.writes ?? [];
    const by = write?.by;
    if (by?.kind !== "FunctionDef" || !write || others.length > 0) return null;
    // A decorator may give something else, and an async function gives a coroutine.
    if (by.decorators.length > 0 || by.isAsync || !by.returns) return null;
    return annotationType(by.returns, write.scope, this.#names);
  }

  #nameType(name: Name, depth: number): InferredType | null {
    const binding = this.#names.bindingOf(name);
    if (!binding) return name.text === "__name__" || name.text === "__file__" ? "str" : null;
    const known = this.#known.get(binding);
    if (known !== undefined) return known;
    // Set before looking, so that `x = x + 1` does not look at itself for ever.
    this.#known.set(binding, null);
    const type = constantTypes.get(binding.importedName ?? "") ?? this.#agreedType(binding, depth);
    this.#known.set(binding, type);
    return type;
  }

  /** The type that all values bound to a name have. */
  #agreedType(binding: Binding, depth: number): InferredType | null {
    let agreed: InferredType | null = null;
    const changes: Reference[] = [];
    for (const reference of binding.writes) {
      if (reference.use === "delete") continue;
      if (reference.use === "augmented") {
        changes.push(reference);
        continue;
      }
      if (this.#isSelfConcatenation(reference, binding)) continue;
      const type = this.#boundType(reference, depth);
      // A variable that is only declared has no value yet.
      if (type === null && isDeclaration(reference)) continue;
      if (type === null) return null;
      agreed = agreed === null ? type : either(agreed, type);
      if (agreed === null) return null;
    }
    return changes.every(each => this.#isKept(agreed, each, depth)) ? agreed : null;
  }

  /** `s += x` keeps the type of what is changed in place and of text; a number may become another. */
  #isKept(type: InferredType | null, { by }: Reference, depth: number): boolean {
    if (type !== "int" && type !== "float" && type !== "bool") return true;
    if (by?.kind !== "AugmentedAssign") return false;
    return binaryType(by.operator.slice(0, -1), type, this.typeOf(by.value, depth)) === type;
  }

  /** `s = s + x` and `s = x + s`, which mean what `s += x` does for the types that rules ask about. */
  #isSelfConcatenation({ by }: Reference, binding: Binding): boolean {
    if (by?.kind !== "Assign") return false;
    let operand = by.value;
    while (operand.kind === "Binary" && operand.operator === "+") {
      if (this.#isBoundTo(operand.right, binding)) return true;
      operand = operand.left;
    }
    return operand !== by.value && this.#isBoundTo(operand, binding);
  }

  #isBoundTo(expression: Expression, binding: Binding): boolean {
    return expression.kind === "Name" && this.#names.bindingOf(expression) === binding;
  }

  #boundType({ node, by, scope }: Reference, depth: number): InferredType | null {
    switch (by?.kind) {
      case "Assign": {
        const value = valueFor(node, by);
        return value && this.typeOf(value, depth);
      }
      case "AnnotatedAssign":
        return (
          annotationType(by.annotation, scope, this.#names) ??
          (by.value ? this.typeOf(by.value, depth) : null)
        );
      case "NamedExpression":
        return this.typeOf(by.value, depth);
      case "WithItem":
        return by.target === node ? this.#enteredType(by.context, depth) : null;
      case "For":
      case "ForClause":
        return by.isAsync ? null : this.#elementType(node, by.target, by.iterable, depth);
      case "Parameter":
        if (by.shape !== "plain") return by.shape === "star" ? "tuple" : "dict";
        // `x: str = None` means that it may be none.
        if (!by.annotation || (by.default && this.typeOf(by.default, depth) === "None"))
          return null;
        return annotationType(by.annotation, scope.parent ?? scope, this.#names);
      default:
        return null;
    }
  }

  /** What `with` gives: files give themselves. */
  #enteredType(context: Expression, depth: number): InferredType | null {
    const type = this.typeOf(context, depth);
    if (typeName(type) === "file" || type === "StringIO" || type === "BytesIO") return type;
    const callee = context.kind === "Call" ? this.#names.qualifiedName(context.callee) : null;
    return callee === "tempfile.TemporaryDirectory" ? "str" : null;
  }

  /** What a loop binds a name to. */
  #elementType(
    name: Name,
    target: Expression,
    iterable: Expression,
    depth: number,
  ): InferredType | null {
    const call = iterable.kind === "Call" ? iterable : null;
    const counted = call?.args[0]?.value;
    if (counted && this.#names.builtinName(call.callee) === "enumerate") {
      const [number, element] = target.kind === "Tuple" ? target.elements : [];
      if (number === name) return "int";
      return element === name ? this.#elementType(name, element, counted, depth) : null;
    }
    if (target !== name) return null;
    const type = this.typeOf(iterable, depth);
    if (type !== "list") return elementTypes.get(type) ?? null;
    // Lists are made of anything, but `split` makes them of text.
    const method = call?.callee.kind === "Attribute" ? call.callee : null;
    const text = method && /^r?split(lines)?$/.test(method.name.text) ? method.object : null;
    const owner = text && this.typeOf(text, depth);
    return owner === "str" || owner === "bytes" ? owner : null;
  }
}

/** `x: Type` without a value. */
function isDeclaration({ by }: Reference): boolean {
  return by?.kind === "AnnotatedAssign" && by.value === null;
}

/** The value that an assignment gives one of its names; null where that is not plain to see. */
function valueFor(name: Name, { targets, value }: NodeOf<"Assign">): Expression | null {
  if (targets.includes(name)) return value;
  if (value.kind !== "Tuple" || value.elements.some(isStarred)) return null;
  for (const target of targets) {
    if (target.kind !== "Tuple" || target.elements.some(isStarred)) continue;
    const at = target.elements.indexOf(name);
    if (at >= 0 && target.elements.length === value.elements.length) {
      return value.elements[at] ?? null;
    }
  }
  return null;
}

const isStarred = ({ kind }: Node): boolean => kind === "Starred";

/** Of two types the one that both are; of two files whose modes differ, a file. */
function either(a: InferredType, b: InferredType): InferredType | null {
  if (a === b) return a;
  return typeName(a) === "file" && typeName(b) === "file" ? "file" : null;
}

function same(a: InferredType | null, b: InferredType | null): InferredType | null {
  return a === null || b === null ? null : either(a, b);
}

/** Complex numbers are none that rules ask about. */
function numberType(text: string): TypeName | null {
  if (/j$/i.test(text)) return null;
  return /^[0-9_]+$|^0[xob]/i.test(text) ? "int" : "float";
}

function constantType(value: string): TypeName | null {
  if (value === "True" || value === "False") return "bool";
  return value === "None" ? "None" : null;
}
