import { type Model, type ValueUse, valueUse } from "#semantics";
import { type Expression, isA, type Node } from "#syntax";
import { relatedLine } from "../related-line";
import type { Problem } from "../rule";
import type { Cache } from "./caches";
import { classOfOwnInstance } from "./own-instance";
import { isRegistration } from "./registration";
import { variesByCall } from "./varies-by-call";

/** What is to be said of a container that calls make grow; null when nothing is. */
export function growthProblem(cache: Cache, model: Model): Problem | null {
  const growth = growthOf(cache, model);
  const [first] = growth;
  // A container of instances has a rule of its own.
  if (!first || growth.some(at => putsInOwnInstance(at, model))) return null;
  return {
    span: cache.name.span,
    message: messageFor(cache),
    related: growth.map(({ span }) => ({ span, message: `\`${cache.name.text}\` grows here` })),
    allocations: growth.map(({ span }) => span),
  };
}

function messageFor({ name: { text }, isKeyed }: Cache): string {
  const name = text.length > 24 ? `${text.slice(0, 23)}…` : text;
  const what = isKeyed ? "with every new key" : "with every call";
  return `\`${name}\` grows on line ${relatedLine} ${what} and nothing here drops any; bound it`;
}

/** Whether what grows a container puts in the instance whose method runs: `seen.append(self)`. */
export function putsInOwnInstance(growth: Node, model: Model): boolean {
  const values = isA(growth, "Assign")
    ? [growth.value]
    : isA(growth, "Call")
      ? growth.args.map(({ value }) => value)
      : [];
  return values.some(value => classOfOwnInstance(value, model) !== null);
}

/** The places where calls make a cache grow; none when anything in the file may bound it. */
export function growthOf(cache: Cache, model: Model): readonly Node[] {
  const growth = new Set<Node>();
  for (const name of cache.uses) {
    const use = valueUse(name, model);
    if (mayBound(use)) return [];
    const item = growingPart(use, name, cache);
    if (!item || growth.has(use.at)) continue;
    if (item.some(part => variesByCall(part, model)) && !isRegistration(use.at, item, model)) {
      growth.add(use.at);
    }
  }
  return [...growth];
}

/** Whether something is put in where the container is named. */
export function isPutInto(name: Expression, cache: Cache, model: Model): boolean {
  return growingPart(valueUse(name, model), name, cache) !== null;
}

/** Whether something is taken out, or the container goes where that is not seen. */
function mayBound({ kind, at }: ValueUse): boolean {
  switch (kind) {
    case "shrunk":
    case "rebound":
    case "named":
    case "stored":
    case "returned":
    case "passed":
      return true;
    case "read":
      return isLengthCheck(at);
    case "changed":
      // `cache[:] = []` empties it.
      return isA(at, "Assign");
    case "grown":
    case "item-set":
      return false;
  }
}

/** `len(cache) > limit` says that somebody thought of a bound. */
function isLengthCheck(at: Node): boolean {
  return (
    isA(at, "Call") &&
    isA(at.callee, "Name") &&
    at.callee.text === "len" &&
    isA(at.parent, "Compare", "Binary")
  );
}

/** What decides whether the container gets larger: the key of an item, else what is put in. */
function growingPart(
  { kind, at, isNested }: ValueUse,
  name: Expression,
  cache: Cache,
): readonly Expression[] | null {
  const item = isA(name.parent, "Subscript") && name.parent.object === name ? name.parent : null;
  const makesItems = cache.type === "defaultdict" || cache.type === "Counter";
  if (item && cache.isKeyed && (kind === "item-set" || makesItems)) {
    return isNested && !makesItems ? null : [item.index];
  }
  if (kind !== "grown" || isNested) return null;
  if (at.kind === "AugmentedAssign") return [at.value];
  if (at.kind !== "Call") return null;
  const values = at.args.map(argument => argument.value);
  const isByKey = isA(at.callee, "Attribute") && at.callee.name.text === "setdefault";
  return isByKey ? values.slice(0, 1) : values.filter(value => value !== name);
}
