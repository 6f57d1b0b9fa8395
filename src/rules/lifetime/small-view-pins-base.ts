import { isInFunction, memberType, type Model, type Reference, valueUse } from "#semantics";
import { type Expression, isA, type Name, type Subscript } from "#syntax";
import { isFreshArray, onlyValue } from "../arrays/fresh-array";
import { defineRule, type Fix } from "../rule";

/** What a slice is a view of. */
type Base = "array" | "frame" | "buffer";

/** A slice of an array is a view, which keeps the whole of it alive. */
export const smallViewPinsBase = defineRule({
  meta: {
    name: "small-view-pins-base",
    code: "MEM318",
    summary: "Small slice that is kept keeps the whole array alive",
    severity: "warning",
    gains: ["retained"],
  },
  visits: ["Subscript"],
  concerns: ({ index }) => isOneOfAxis(index) || isSmallPart(index),

  *check(view, model) {
    const isColumn = isOneOfAxis(view.index);
    if (!(isColumn || isSmallPart(view.index)) || !isKept(view, model)) return;
    const base = baseOf(view, model);
    // A frame may hold its columns one by one.
    if (!base || (isColumn && base !== "array")) return;
    yield {
      span: view.span,
      message: `This slice is a view that keeps the whole ${base} alive; a copy does not`,
      fix: copyOf(view, base),
    };
  },
});

/** At most so many items are a small part of what is worth a finding. */
const fewest = 1000;

/** `[:10]`, `[-5:]`, `[2:5]`, also of the first axis of several; not `[1:]`, `[:-1]` or `[:n]`. */
function isSmallPart(index: Expression): boolean {
  if (isA(index, "Tuple")) {
    const [first] = index.elements;
    return first !== undefined && isSmallPart(first);
  }
  if (!isA(index, "Slice") || index.step) return false;
  const { lower, upper } = index;
  if (!upper) return isA(lower, "Unary") && lower.operator === "-" && isFew(lower.operand);
  return isFew(upper) && (lower === null || isA(lower, "Number"));
}

/** `[:, 0]` or `[-1, :]`. */
function isOneOfAxis(index: Expression): boolean {
  if (!isA(index, "Tuple")) return false;
  const parts = index.elements.map(part => (isA(part, "Unary") ? part.operand : part));
  return (
    parts.some(part => isA(part, "Number")) &&
    parts.some(part => isA(part, "Slice")) &&
    parts.every(part => isA(part, "Number", "Slice"))
  );
}

function isFew(limit: Expression): boolean {
  return isA(limit, "Number") && Number(limit.text.replaceAll("_", "")) <= fewest;
}

/** Whether a value outlives the statement: in an attribute, or in a list or dict. */
function isKept(view: Subscript, model: Model): boolean {
  const { parent } = view;
  if (!isA(parent, "Assign")) {
    const { kind, at } = valueUse(view, model);
    return kind === "stored" && isA(at, "Call");
  }
  const [target, second] = parent.targets;
  if (parent.value !== view || second) return false;
  if (isA(target, "Attribute")) return true;
  if (!isA(target, "Subscript")) return false;
  // An array takes the numbers out of the view and forgets it.
  const { object } = target;
  const type = isA(object, "Attribute") ? memberType(object, model) : model.typeOf(object);
  return type === "dict" || type === "list";
}

function baseOf({ object }: Subscript, model: Model): Base | null {
  if (isA(object, "Attribute")) {
    if (object.name.text !== "iloc" || !isA(object.object, "Name")) return null;
    return kindOfOwn(object.object, model) === "frame" ? "frame" : null;
  }
  if (isA(object, "Name")) return kindOfOwn(object, model);
  return kindOfMade(object, model);
}

/** The kind of a local of which nothing outlives the function but the one slice. */
function kindOfOwn(name: Name, model: Model): Base | null {
  const value = onlyValue(name, model);
  const kind = value && kindOfMade(value, model);
  if (!kind) return null;
  const reads = model.bindingOf(name)?.references.filter(each => each.use === "read") ?? [];
  return reads.every(each => each.node === name || isForgotten(each, model)) ? kind : null;
}

function isForgotten(reference: Reference, model: Model): boolean {
  if (!isInFunction(reference)) return false;
  const { node } = reference;
  const { parent } = node;
  if (isA(parent, "Subscript") && parent.object === node) return !isSliced(parent);
  if (valueUse(node, model).kind === "read") return true;
  if (isA(parent, "Attribute")) return isA(parent.parent, "Call") || sizes.has(parent.name.text);
  if (!isA(parent, "Argument") || !isA(parent.parent, "Call")) return false;
  return model.qualifiedName(parent.parent.callee)?.startsWith("numpy.") ?? false;
}

const sizes: ReadonlySet<string> = new Set(["shape", "size", "ndim", "dtype", "nbytes", "columns"]);

/** Another view may be kept as well, and then a copy of one is so much more. */
function isSliced({ index }: Subscript): boolean {
  const parts = isA(index, "Tuple") ? index.elements : [index];
  return parts.some(part => isA(part, "Slice"));
}

const readers: ReadonlySet<string> = new Set(["csv", "excel", "feather", "json", "parquet", "sql"]);

function kindOfMade(value: Expression, model: Model): Base | null {
  if (isFreshArray(value, model)) return "array";
  if (!isA(value, "Call")) return null;
  const name = model.qualifiedName(value.callee) ?? "";
  if (name.startsWith("pandas.read_")) {
    return readers.has(name.slice("pandas.read_".length)) ? "frame" : null;
  }
  return name === "builtins.memoryview" && value.args.some(each => isRead(each.value, model))
    ? "buffer"
    : null;
}

/** Bytes that come from a file and are nobody else's. */
function isRead(data: Expression, model: Model): boolean {
  const made = isA(data, "Name") ? onlyValue(data, model) : data;
  if (!isA(made, "Call") || !isA(made.callee, "Attribute")) return false;
  return /^(read|read_bytes|recv)$/.test(made.callee.name.text);
}

function copyOf({ span }: Subscript, base: Base): Fix {
  const place = { start: span.end, end: span.end };
  if (base === "buffer") {
    return {
      title: "Keep a copy of the part",
      safety: "review",
      changes: "what is kept is bytes, no longer a memoryview",
      edits: [{ span: place, text: ".tobytes()" }],
    };
  }
  return {
    title: "Keep a copy of the part",
    safety: "review",
    changes: `what is kept no longer changes with the ${base}`,
    edits: [{ span: place, text: ".copy()" }],
  };
}
