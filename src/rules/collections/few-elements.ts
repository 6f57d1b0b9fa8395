import { type Model, valueUse } from "#semantics";
import { type Binary, type Call, type Expression, isA, type Name, type NodeOf } from "#syntax";

/** Below this many elements a list is small change: at most some hundred kilobytes. */
const fewest = 5000;

/** A name with more uses is one of generated code, where each question would look at all of them. */
const mostUses = 2000;

/** Tells whether a comprehension goes over no more than a few elements, as far as is written there. */
export function hasFewElements(
  comprehension: Pick<NodeOf<"ListComprehension">, "clauses">,
  model: Model,
): boolean {
  return comprehension.clauses.every(
    clause => clause.kind === "IfClause" || isFew(clause.iterable, model),
  );
}

/** Tells whether an iterable is written out, or a `range` with small limits. */
export function isFew(iterable: Expression, model: Model): boolean {
  switch (iterable.kind) {
    case "List":
    case "Tuple":
    case "Set":
      return iterable.elements.every(element => element.kind !== "Starred");
    case "Dict":
      return iterable.entries.every(entry => entry.key !== null);
    case "Binary":
      return joinsFew(iterable, model);
    case "Call":
      return givesFew(iterable, model);
    case "Name":
      return isBoundToFew(iterable, model);
    default:
      return false;
  }
}

/** `[0, 1] + [2]` or `[0] * 10`. */
function joinsFew({ left, operator, right }: Binary, model: Model): boolean {
  if (operator === "+") return isFew(left, model) && isFew(right, model);
  return operator === "*" && isFew(left, model) && isSmall(right);
}

/** Builtins that give no more elements than their first argument has. */
const passing: ReadonlySet<string> = new Set(["enumerate", "list", "reversed", "sorted", "tuple"]);

function givesFew({ callee, args }: Call, model: Model): boolean {
  const name = model.builtinName(callee);
  if (name === null) return false;
  if (name === "range") return args.every(({ value }) => isSmall(value));
  const positional = args.filter(({ shape }) => shape === "positional");
  if (passing.has(name)) return positional.slice(0, 1).some(({ value }) => isFew(value, model));
  // The first argument of `map` and `filter` is a function; the shortest of the others ends it.
  const iterables = name === "zip" ? positional : positional.slice(1);
  const ends = name === "zip" || name === "map" || name === "filter";
  return ends && iterables.some(({ value }) => isFew(value, model));
}

/** `1000`, `-3` or `2011 + 1`. */
function isSmall(limit: Expression): boolean {
  if (isA(limit, "Unary")) return isSmall(limit.operand);
  if (isA(limit, "Binary")) {
    return "+-".includes(limit.operator) && isSmall(limit.left) && isSmall(limit.right);
  }
  return isA(limit, "Number") && Number(limit.text.replaceAll("_", "")) <= fewest;
}

/** Whether a name is bound once, to elements written out, and only read after that. */
function isBoundToFew(name: Name, model: Model): boolean {
  const binding = model.bindingOf(name);
  const [write, ...others] = binding?.writes ?? [];
  if (!binding || others.length > 0 || !isA(write?.by, "Assign")) return false;
  const { value } = write.by;
  if (!isA(value, "List", "Tuple", "Set", "Dict") || !isFew(value, model)) return false;
  const { references } = binding;
  if (references.length > mostUses) return false;
  const reads = references.filter(each => each.use === "read");
  return reads.every(({ node }) => valueUse(node, model).kind === "read");
}
