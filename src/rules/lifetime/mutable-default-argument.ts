import type { Span } from "#base";
import { type Binding, type Model, type ValueUse, valueUse } from "#semantics";
import { type Expression, type FunctionDef, isA, type Parameter } from "#syntax";
import { defineRule, type Problem } from "../rule";
import { isBoundedDeque } from "./caches";
import { isStub } from "./function-body";
import { makePerCall } from "./make-per-call";

const makers: ReadonlySet<string> = new Set([
  "builtins.list",
  "builtins.dict",
  "builtins.set",
  "builtins.bytearray",
  "collections.defaultdict",
  "collections.OrderedDict",
  "collections.Counter",
  "collections.deque",
]);

/** Annotations that promise not to change the value. */
const readOnlyTypes: ReadonlySet<string> = new Set(
  ["Sequence", "Mapping", "Iterable", "Collection", "Container", "Sized", "Iterator"]
    .concat(["Set", "AbstractSet", "Reversible", "ValuesView", "KeysView", "ItemsView"])
    .flatMap(name => [`typing.${name}`, `collections.abc.${name}`]),
);

/** A default is made once, when the function is defined, and all calls share it. */
export const mutableDefaultArgument = defineRule({
  meta: {
    name: "mutable-default-argument",
    code: "MEM301",
    summary:
      "Mutable default is one object that all calls share and that lives as long as the function",
    severity: "warning",
    gains: ["lifetime"],
    peers: ["B006", "W0102", "dangerous-default-value", "S5717", "PyDefaultArgument"],
  },
  visits: ["FunctionDef"],
  concerns: ({ parameters }) => parameters.some(each => each.default !== null),

  *check(definition, model) {
    for (const parameter of definition.parameters) {
      const made = parameter.default;
      if (!made || !isMutable(made, model) || isStub(definition)) continue;
      const binding = model.scopeOpenedBy(definition)?.bindings.get(parameter.name.text);
      if (!binding) continue;
      const uses = usesOfDefault(binding, definition, model).map(use => asUseOf(made, use));
      const problem = judge(parameter, uses, model);
      if (!problem) continue;
      const { isMeant, ...rest } = problem;
      const fix = isMeant ? null : makePerCall(definition, parameter, made, model);
      yield { span: made.span, ...rest, ...(fix && { fix }) };
    }
  },
});

/** An item of a list can only be replaced; that of a dict may be new. */
function asUseOf(made: Expression, use: ValueUse): ValueUse {
  const isReplaced = use.kind === "item-set" && !use.isNested && isA(made, "List");
  return isReplaced ? { ...use, kind: "changed" } : use;
}

function isMutable(value: Expression, model: Model): boolean {
  if (isA(value, "List", "Dict", "Set")) return true;
  if (isA(value, "ListComprehension", "DictComprehension", "SetComprehension")) return true;
  if (value.kind !== "Call" || isBoundedDeque(value, model)) return false;
  return makers.has(model.qualifiedName(value.callee) ?? "");
}

/** A name such as `_seen` or `cache` says that sharing is meant. */
function isCache({ name }: Parameter): boolean {
  return /^_|cache|memo/i.test(name.text);
}

/** What the body does to the default itself: what it does to the name until that is bound again. */
function usesOfDefault(binding: Binding, definition: FunctionDef, model: Model): ValueUse[] {
  const rebound = binding.references.find(
    ({ use, form }) => use === "delete" || (use === "write" && form !== "parameter"),
  );
  const holder = isA(rebound?.by, "Assign", "AnnotatedAssign") ? rebound.by : rebound?.node;
  const { end } = (holder ?? definition).span;
  return binding.references
    .filter(({ use, node }) => (use === "read" || use === "augmented") && node.span.start < end)
    .map(({ node }) => valueUse(node, model))
    .flatMap(use => (use.kind === "named" ? usesOfAlias(use, model) : [use]));
}

/** Follows `items = param` by one name; a name bound more than once is not followed. */
function usesOfAlias(use: ValueUse, model: Model): ValueUse[] {
  const target = use.at.kind === "Assign" && use.at.targets.length === 1 ? use.at.targets[0] : null;
  const alias = isA(target, "Name") ? model.bindingOf(target) : null;
  // A name outside the function keeps it, as an attribute would.
  if (alias?.scope.kind !== "function") return [{ ...use, kind: "stored" }];
  if (alias.references.filter(each => each.use === "write").length > 1) return [];
  return alias.references
    .filter(each => each.use === "read" || each.use === "augmented")
    .map(each => valueUse(each.node, model));
}

type Judgement = Pick<Problem, "message" | "severity" | "allocations" | "related"> & {
  /** True where the sharing is the point, and a fix would break the function. */
  readonly isMeant?: boolean;
};

function judge(parameter: Parameter, uses: readonly ValueUse[], model: Model): Judgement | null {
  const grown = uses.filter(use => use.kind === "grown" || use.kind === "item-set");
  const changed = uses.filter(use => use.kind === "changed" || use.kind === "shrunk");
  const name = parameter.name.text;
  if (isCache(parameter)) {
    if (grown.length === 0 || uses.some(use => !keepsGrowing(use))) return null;
    const message = `\`${short(name)}\` keeps what every call puts in and never drops any; bound it`;
    const isMeant = true;
    return { message, isMeant, severity: "information", ...places(grown, "The cache grows here") };
  }
  if (grown.length > 0) {
    const message = "All calls share this default and it grows from call to call; use None";
    return { message, ...places(grown, "The default grows here") };
  }
  if (changed.length > 0) {
    const message = "All calls share this default and the body changes it; use None";
    // `count=[0]` with `count[0] += 1` is a variable that outlives the call, and mostly meant.
    const isMeant = changed.every(({ at }) => isA(at, "Assign", "AugmentedAssign"));
    const severity = isMeant ? "information" : "warning";
    return { message, isMeant, severity, ...places(changed, "The default changes here") };
  }
  const kept = uses.find(use => use.kind === "returned" || use.kind === "stored");
  if (kept) {
    const message = "All calls share this default and it leaves the function; use None";
    return { message, related: [{ span: kept.at.span, message: "The default leaves here" }] };
  }
  if (promisesNotToChange(parameter, model)) return null;
  const isPassed = uses.some(use => use.kind === "passed");
  return isPassed
    ? {
        message: "All calls share this default, and what it is passed to may change it; use None",
        severity: "hint",
      }
    : {
        message: "All calls share this default; nothing here changes it, so no memory is lost",
        severity: "hint",
        ...(parameter.default && { allocations: [parameter.default.span] }),
      };
}

function keepsGrowing({ kind }: ValueUse): boolean {
  return kind === "grown" || kind === "item-set" || kind === "read" || kind === "changed";
}

function short(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

function places(
  uses: readonly ValueUse[],
  message: string,
): Pick<Problem, "allocations" | "related"> {
  const spans: readonly Span[] = uses.map(use => use.at.span);
  return { allocations: spans, related: spans.map(span => ({ span, message })) };
}

function promisesNotToChange({ annotation }: Parameter, model: Model): boolean {
  const head = annotation?.kind === "Subscript" ? annotation.object : annotation;
  return head ? readOnlyTypes.has(model.qualifiedName(head) ?? "") : false;
}
