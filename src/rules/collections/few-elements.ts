import { type Model, valueUse } from "#semantics";
import { type Binary, type Call, type Expression, isA, type Name, type NodeOf } from "#syntax";

/**
 * Up to here a list is small change: on CPython 3.13, a list of 256 elements that is not built saves
 * 1.8 KB where the elements are there anyway, and 8 KB with as many new floats. One of 1000 new
 * numbers takes 30 KB, and one of 5000 some 190 KB.
 */
const few = 256;

/** A name with more uses is one of generated code, where each question would look at all of them. */
const mostUses = 2000;

/** Tells whether a comprehension goes over no more than a few elements, as far as is written there. */
export function hasFewElements(
  comprehension: Pick<NodeOf<"ListComprehension">, "clauses">,
  model: Model,
): boolean {
  const counts = comprehension.clauses.map(clause =>
    clause.kind === "IfClause" ? 1 : mostElements(clause.iterable, model),
  );
  return counts.reduce((all, count) => all * count, 1) <= few;
}

/** Tells whether an iterable is written out, or a `range` with known limits, and has few elements. */
export function isFew(iterable: Expression, model: Model): boolean {
  return mostElements(iterable, model) <= few;
}

/** How many elements an iterable has at most, as far as is written there; infinity where it is not. */
function mostElements(iterable: Expression, model: Model): number {
  switch (iterable.kind) {
    case "List":
    case "Tuple":
    case "Set":
      return iterable.elements.some(({ kind }) => kind === "Starred")
        ? Infinity
        : iterable.elements.length;
    case "Dict":
      return iterable.entries.some(({ key }) => key === null) ? Infinity : iterable.entries.length;
    case "Binary":
      return mostOfJoined(iterable, model);
    case "Call":
      return mostGiven(iterable, model);
    case "Name":
      return mostBoundTo(iterable, model);
    default:
      return Infinity;
  }
}

/** `[0, 1] + [2]` or `[0] * 10`. */
function mostOfJoined({ left, operator, right }: Binary, model: Model): number {
  if (operator === "+") return mostElements(left, model) + mostElements(right, model);
  if (operator !== "*") return Infinity;
  const times = numberOf(right);
  return Number.isNaN(times) ? Infinity : mostElements(left, model) * Math.max(1, times);
}

/** Builtins that give no more elements than their first argument has. */
const passing: ReadonlySet<string> = new Set(["enumerate", "list", "reversed", "sorted", "tuple"]);

function mostGiven({ callee, args }: Call, model: Model): number {
  const name = model.builtinName(callee);
  if (name === null) return Infinity;
  const positional = args.flatMap(({ shape, value }) => (shape === "positional" ? [value] : []));
  if (name === "range") return positional.length < args.length ? Infinity : lengthOf(positional);
  const [first] = positional;
  if (passing.has(name)) return first ? mostElements(first, model) : Infinity;
  // The first argument of `map` and `filter` is a function; the shortest of the others ends it.
  const iterables = name === "zip" ? positional : positional.slice(1);
  const ends = name === "zip" || name === "map" || name === "filter";
  return ends ? Math.min(...iterables.map(each => mostElements(each, model))) : Infinity;
}

/** The length of a `range` with these arguments. */
function lengthOf(args: readonly Expression[]): number {
  const [first = NaN, second, step = 1] = args.map(numberOf);
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const length = Math.ceil((stop - start) / step);
  return Number.isNaN(length) ? Infinity : Math.max(0, length);
}

/** The value of `1000`, `-3` or `2011 + 1`; not a number where it is not written there. */
function numberOf(limit: Expression): number {
  if (isA(limit, "Number")) return Number(limit.text.replaceAll("_", ""));
  if (isA(limit, "Unary") && limit.operator === "-") return -numberOf(limit.operand);
  if (!isA(limit, "Binary")) return NaN;
  const [left, right] = [numberOf(limit.left), numberOf(limit.right)];
  switch (limit.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    default:
      return NaN;
  }
}

/** The elements of a name that is bound once, to elements written out, and only read after that. */
function mostBoundTo(name: Name, model: Model): number {
  const binding = model.bindingOf(name);
  const [write, ...others] = binding?.writes ?? [];
  if (!binding || others.length > 0 || !isA(write?.by, "Assign")) return Infinity;
  const { value } = write.by;
  if (!isA(value, "List", "Tuple", "Set", "Dict")) return Infinity;
  const { references } = binding;
  if (references.length > mostUses) return Infinity;
  const reads = references.filter(each => each.use === "read");
  const isKept = reads.every(({ node }) => valueUse(node, model).kind === "read");
  return isKept ? mostElements(value, model) : Infinity;
}
