import type { Expression, Name } from "#syntax";
import { constructorTypes, methodTypes } from "./known-types";
import type { Names } from "./names";
import type { Binding, Reference } from "./scope";

/** What is known of a value's type. A union or a subclass is not known. */
export type TypeName =
  | "str"
  | "bytes"
  | "bytearray"
  | "int"
  | "float"
  | "bool"
  | "None"
  | "list"
  | "tuple"
  | "dict"
  | "set"
  | "frozenset"
  | "deque"
  | "generator"
  | "file"
  | "ndarray"
  | "DataFrame"
  | "Series";

/** How far a chain of assignments is followed. */
const maxDepth = 8;

/** Tells types from literals, constructors, annotations and well-known calls; null when not sure. */
export function createTypes(names: Names): {
  readonly typeOf: (expression: Expression) => TypeName | null;
  /** Drops what was found out about names, which rests on the text as it was then. */
  readonly forget: () => void;
} {
  const types = new TypeInference(names);
  return {
    typeOf: expression => types.typeOf(expression, 0),
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
  readonly #known = new Map<Binding, TypeName | null>();

  constructor(names: Names) {
    this.#names = names;
  }

  forget(): void {
    this.#known.clear();
  }

  typeOf(expression: Expression, depth: number): TypeName | null {
    if (depth > maxDepth) return null;
    switch (expression.kind) {
      case "String":
        return expression.isBytes ? "bytes" : "str";
      case "Number":
        return /^[0-9_]+$|^0[xob]/i.test(expression.text) ? "int" : "float";
      case "Constant":
        return constantType(expression.value);
      case "NamedExpression":
        return this.typeOf(expression.value, depth + 1);
      case "Conditional":
        return same(
          this.typeOf(expression.body, depth + 1),
          this.typeOf(expression.orElse, depth + 1),
        );
      case "Binary":
        return this.#binaryType(expression.operator, expression.left, expression.right, depth + 1);
      case "Call":
        return this.#callType(expression.callee, depth + 1);
      case "Name":
        return this.#nameType(expression, depth + 1);
      default:
        return literalTypes[expression.kind] ?? null;
    }
  }

  #binaryType(
    operator: string,
    left: Expression,
    right: Expression,
    depth: number,
  ): TypeName | null {
    const type = this.typeOf(left, depth);
    const isTextual = type === "str" || type === "bytes";
    if (operator === "%" && isTextual) return type;
    if (operator === "*" && (isTextual || type === "list" || type === "tuple")) return type;
    return same(type, this.typeOf(right, depth));
  }

  #callType(callee: Expression, depth: number): TypeName | null {
    const qualified = this.#names.qualifiedName(callee);
    const constructed = qualified === null ? undefined : constructorTypes.get(qualified);
    if (constructed) return constructed;
    if (callee.kind !== "Attribute") return null;
    const owner = this.typeOf(callee.object, depth);
    return owner === null ? null : (methodTypes.get(`${owner}.${callee.name.text}`) ?? null);
  }

  #nameType(name: Name, depth: number): TypeName | null {
    const binding = this.#names.bindingOf(name);
    if (!binding) return null;
    const known = this.#known.get(binding);
    if (known !== undefined) return known;
    // Set before looking, so that `x = x + 1` does not look at itself for ever.
    this.#known.set(binding, null);
    const type = this.#agreedType(binding, depth);
    this.#known.set(binding, type);
    return type;
  }

  /** The type that all values bound to a name have. */
  #agreedType(binding: Binding, depth: number): TypeName | null {
    let agreed: TypeName | null = null;
    for (const reference of binding.writes) {
      if (reference.use === "delete") continue;
      // `s += x` keeps the type of the built-in types that rules ask about.
      if (reference.use === "augmented" || this.#isSelfConcatenation(reference, binding)) continue;
      const type = this.#boundType(reference, depth);
      if (type === null || (agreed !== null && agreed !== type)) return null;
      agreed = type;
    }
    return agreed;
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

  #boundType({ node, by }: Reference, depth: number): TypeName | null {
    switch (by?.kind) {
      case "Assign":
        return by.targets.includes(node) ? this.typeOf(by.value, depth) : null;
      case "AnnotatedAssign":
        return (
          this.#annotationType(by.annotation) ?? (by.value ? this.typeOf(by.value, depth) : null)
        );
      case "NamedExpression":
        return this.typeOf(by.value, depth);
      case "WithItem":
        return by.target === node && this.typeOf(by.context, depth) === "file" ? "file" : null;
      case "Parameter":
        if (by.shape !== "plain") return by.shape === "star" ? "tuple" : "dict";
        return by.annotation ? this.#annotationType(by.annotation) : null;
      default:
        return null;
    }
  }

  /** `list[int]` is a list; `Optional[list]` is not known to be one. */
  #annotationType(annotation: Expression): TypeName | null {
    const head = annotation.kind === "Subscript" ? annotation.object : annotation;
    const qualified = this.#names.qualifiedName(head);
    return qualified === null ? null : (annotationTypes.get(qualified) ?? null);
  }
}

function same(a: TypeName | null, b: TypeName | null): TypeName | null {
  return a === b ? a : null;
}

function constantType(value: string): TypeName | null {
  if (value === "True" || value === "False") return "bool";
  return value === "None" ? "None" : null;
}

const annotationTypes: ReadonlyMap<string, TypeName> = new Map([
  ...(
    ["str", "bytes", "bytearray", "int", "float", "bool", "list", "tuple", "dict", "set"] as const
  ).map(name => [`builtins.${name}`, name] as const),
  ["typing.List", "list"],
  ["typing.Dict", "dict"],
  ["typing.Set", "set"],
  ["typing.Tuple", "tuple"],
  ["typing.Deque", "deque"],
  ["collections.deque", "deque"],
  ["numpy.ndarray", "ndarray"],
  ["pandas.DataFrame", "DataFrame"],
  ["pandas.Series", "Series"],
  ["typing.TextIO", "file"],
  ["typing.BinaryIO", "file"],
]);
