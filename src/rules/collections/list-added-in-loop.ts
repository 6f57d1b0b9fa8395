import { contains, type Edit } from "#base";
import { isOwned, memberType, type Model, type TypeName, valueUse } from "#semantics";
import { ancestors, type Expression, isA, type Name, type Node } from "#syntax";
import { defineRule, type Fix } from "../rule";
import {
  type Accumulation,
  accumulationInLoop,
  loopThatGrows,
  mayAccumulate,
} from "../strings/accumulation";
import { quoted } from "../strings/quoted";
import { useAugmented } from "../strings/use-augmented";

/** Adding to a list or tuple with `+` makes a new one, in each turn of a loop. */
export const listAddedInLoop = defineRule({
  meta: {
    name: "list-added-in-loop",
    code: "MEM130",
    summary: "List or tuple is copied in every round of a loop to make it longer",
    severity: "hint",
    gains: ["peak", "time", "copies"],
    peers: ["RUF005", "collection-literal-concatenation"],
  },
  visits: ["Assign", "AugmentedAssign"],
  concerns: mayAccumulate,

  *check(statement, model) {
    const accumulation = accumulationInLoop(statement);
    if (!accumulation || !isA(accumulation.target, "Name", "Attribute")) return;
    const type = copiedType(accumulation, model);
    const loop = type && loopThatGrows(accumulation, model);
    if (!type || !loop) return;
    // Loops that count something down, such as the digits of a number, have few turns.
    if (accumulation.form === "prepended" && loop.kind === "While") return;
    const fix = type === "list" ? growInPlace(accumulation, model) : null;
    yield {
      span: statement.span,
      message: messageOf(accumulation, type, model),
      ...(fix && { fix }),
    };
  },
});

/** What is copied; a list to which `+=` adds is not. */
function copiedType(accumulation: Accumulation, model: Model): "list" | "tuple" | null {
  const { target, statement, form } = accumulation;
  if (form === "unpacked") return isA(statement.value, "List") ? "list" : "tuple";
  const isInPlace = statement.kind === "AugmentedAssign";
  let type: TypeName | null = null;
  if (isA(target, "Name")) type = model.typeOf(target);
  // To ask for a member costs a walk through its class, so a tuple must be plain to see.
  else if (isA(target, "Attribute") && (!isInPlace || isA(statement.value, "Tuple"))) {
    type = memberType(target, model);
  }
  if (type === "tuple") return type;
  return type === "list" && !isInPlace ? type : null;
}

function messageOf({ target, form }: Accumulation, type: string, model: Model): string {
  const name = quoted(target, model, `the ${type}`);
  if (type === "tuple")
    return `A tuple cannot grow: all of ${name} is copied in each turn of the loop`;
  if (form === "prepended") return `Adding in front of ${name} copies all of it in each turn`;
  return `This copies all of ${name} in each turn of the loop; \`+=\` grows it in place`;
}

function growInPlace({ target, statement, form }: Accumulation, model: Model): Fix | null {
  if (!isA(target, "Name") || form === "prepended") return null;
  if (isIteratedAround(target, statement, model)) return null;
  const edits =
    form === "unpacked"
      ? addRest(target, statement, model)
      : useAugmented(statement.value, target, model);
  if (!edits) return null;
  const title = "Use `+=`";
  const binding = model.bindingOf(target);
  const isList = form === "unpacked" || addedType(statement.value, model) === "list";
  const isAlone = () => binding && isOwned(binding, model) && !isReadLazily(target, model);
  if (isList && binding && model.once(binding, "alone", isAlone)) {
    return { title, safety: "safe", edits };
  }
  const changes = isList
    ? "whatever else refers to the same list sees it grow"
    : "whatever else refers to the list sees it grow; what is no list is added item by item";
  return { title, safety: "review", changes, edits };
}

/** The type of what stands behind the first plus, where nothing else is added. */
function addedType(value: Expression, model: Model): TypeName | null {
  return isA(value, "Binary") && !isA(value.left, "Binary") ? model.typeOf(value.right) : null;
}

/** `r = [*r, x]` becomes `r += [x]`. */
function addRest(target: Name, { value }: Accumulation["statement"], model: Model): Edit[] | null {
  const [first, second] = isA(value, "List") ? value.elements : [];
  if (!first || !second) return null;
  const equals = model.file.text.indexOf("=", target.span.end);
  return [
    { span: { start: equals, end: equals }, text: "+" },
    { span: { start: first.span.start, end: second.span.start }, text: "" },
  ];
}

/** `for x in r: r = r + [x]` goes over the old list; a list that grows would never end. */
function isIteratedAround(target: Name, statement: Node, model: Model): boolean {
  const references = model.bindingOf(target)?.references ?? [];
  for (const holder of ancestors(statement)) {
    if (!isA(holder, "For")) continue;
    const { span } = holder.iterable;
    const isThere = () => references.some(({ node }) => contains(span, node.span));
    if (model.once(holder, `goes over ${target.text}`, isThere)) return true;
  }
  return false;
}

/** Builtins that go over the list while it grows. */
const lazyBuiltins: ReadonlySet<string> = new Set(
  ["enumerate", "filter", "iter", "map", "reversed", "zip"].map(name => `builtins.${name}`),
);

function isReadLazily(target: Name, model: Model): boolean {
  return (model.bindingOf(target)?.references ?? []).some(({ node }) => {
    const { at } = valueUse(node, model);
    if (isA(at, "ForClause")) return at.parent?.kind === "Generator";
    return isA(at, "Call") && lazyBuiltins.has(model.qualifiedName(at.callee) ?? "");
  });
}
