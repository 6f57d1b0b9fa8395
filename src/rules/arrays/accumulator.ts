import { isSameExpression, type Model } from "#semantics";
import {
  ancestors,
  type Assign,
  enclosingLoop,
  type Expression,
  isA,
  type Node,
  type NodeOf,
  siblings,
  walk,
} from "#syntax";

/** How a rule tells that an assignment makes the accumulator longer. */
type IsGrowth = (statement: Assign, accumulator: Expression) => boolean;

/**
 * Tells whether a loop does nothing with an accumulator but make it longer, so that it could be built
 * after the loop. Where the loop needs the whole of it each time, it has to be whole each time.
 */
export function isOnlyGrown(
  accumulator: Expression,
  statement: Assign,
  model: Model,
  isGrowth: IsGrowth,
): boolean {
  const loop = enclosingLoop(statement);
  if (!loop || !isA(accumulator, "Name", "Attribute")) return false;
  if (runsFewTimes(loop, model) || isLeftAfter(statement)) return false;
  const last = isA(accumulator, "Name") ? accumulator : accumulator.name;
  const mentions = model.once(loop, "names", () => namesIn(loop)).get(last.text) ?? [];
  if (mentions.length > mostMentions) return false;
  return mentions.every(
    node =>
      !isSameExpression(node, accumulator) ||
      isMemberName(node) ||
      isHarmless(node, statement, isGrowth),
  );
}

/** A loop that mentions a name more often is generated code, where each growth would look at all. */
const mostMentions = 100;

/** Names and attributes in a loop, by their last name. */
function namesIn(loop: Node): ReadonlyMap<string, readonly Expression[]> {
  const names = new Map<string, Expression[]>();
  for (const node of walk(loop)) {
    if (!isA(node, "Name", "Attribute")) continue;
    const { text } = isA(node, "Name") ? node : node.name;
    const known = names.get(text);
    if (known) known.push(node);
    else names.set(text, [node]);
  }
  return names;
}

/** The name in `frame.rows` is not the variable `rows`. */
function isMemberName(node: Node): boolean {
  return isA(node.parent, "Attribute") && node.parent.name === node;
}

/** Rounds up to which copying does not show. */
const fewRounds = 16;

function runsFewTimes(loop: NodeOf<"For" | "While">, model: Model): boolean {
  if (loop.kind === "While") return false;
  const { iterable } = loop;
  if (isA(iterable, "List", "Tuple")) return !iterable.elements.some(each => isA(each, "Starred"));
  if (!isA(iterable, "Call") || model.builtinName(iterable.callee) !== "range") return false;
  return iterable.args.every(
    ({ value }) => isA(value, "Number") && Number(value.text) <= fewRounds,
  );
}

/** `frame = concat([frame, row]); break` runs once. */
function isLeftAfter(statement: Node): boolean {
  return isA(siblings(statement).at(-1), "Break", "Return", "Raise");
}

function isHarmless(node: Expression, statement: Assign, isGrowth: IsGrowth): boolean {
  const holder = node.parent;
  if (isA(holder, "Assign") && holder.targets.some(target => target === node)) {
    return isGrowth(holder, node) || isAlternative(holder, statement);
  }
  return isPeek(node) || isGrown(node, isGrowth) || isAlternative(node, statement);
}

/** The accumulator as the one that a growth makes longer, not as `frame.sum()` in what it adds. */
function isGrown(node: Node, isGrowth: IsGrowth): boolean {
  for (const holder of ancestors(node)) {
    if (isA(holder, "Assign")) {
      const [target] = holder.targets;
      return target !== undefined && isGrowth(holder, target);
    }
    if (isA(holder, "Argument", "List", "Tuple", "Subscript")) continue;
    const isOutermost = isA(holder, "Call") && isA(holder.parent, "Assign");
    const isCallee = isA(holder, "Attribute") && isA(holder.parent?.parent, "Assign");
    if (!isOutermost && !isCallee) return false;
  }
  return false;
}

/** `if frame is None: frame = part` beside `else: frame = concat(…)`: the first round, or another end. */
function isAlternative(node: Node, statement: Node): boolean {
  let below: Node = statement;
  for (const holder of ancestors(statement)) {
    if (holder.kind === "If" && below !== holder.test) {
      const other = below === holder.body ? holder.orElse : holder.body;
      if (other && other.span.start <= node.span.start && node.span.end <= other.span.end) {
        return true;
      }
    }
    below = holder;
  }
  return false;
}

const sizes: ReadonlySet<string> = new Set(["shape", "size", "empty", "ndim", "dtype", "columns"]);

/** Asks for the size, whether there is one, or the last item: all known without the whole. */
function isPeek(node: Expression): boolean {
  const holder = node.parent;
  switch (holder?.kind) {
    case "Attribute":
      return sizes.has(holder.name.text) || isLength(holder);
    case "Compare":
      return holder.operators.every(operator => operator.startsWith("is"));
    case "Subscript":
      return isA(holder.index, "Unary", "Number") && holder.object === node;
    case "Argument":
      return isLength(node);
    default:
      return false;
  }
}

/** `len(frame)` or `len(frame.index)`. */
function isLength(node: Node): boolean {
  const call = node.parent?.parent;
  return isA(call, "Call") && isA(call.callee, "Name") && call.callee.text === "len";
}
