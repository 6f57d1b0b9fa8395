import type { Edit } from "#base";
import { isSameExpression, type Model } from "#semantics";
import { type Attribute, type Call, type Expression, isA, siblingAfter } from "#syntax";
import { defineRule, type Problem } from "../rule";

/** Methods that give a new frame by themselves, and names that hardly anything but a frame has. */
const frameMethods: ReadonlySet<string> = new Set([
  "drop_duplicates",
  "melt",
  "nlargest",
  "nsmallest",
  "pivot_table",
  "sort_index",
  "sort_values",
]);

/** Methods that give a new frame by themselves, whose names others have too. */
const sharedMethods: ReadonlySet<string> = new Set([
  "assign",
  "drop",
  "dropna",
  "fillna",
  "merge",
  "rename",
  "reset_index",
  "set_index",
]);

/** Their results warned when they were written to, before pandas 3, unless copied. */
const warning: ReadonlySet<string> = new Set([
  "drop_duplicates",
  "dropna",
  "nlargest",
  "nsmallest",
]);

/** A copy of a frame that is copied anyway by what is done next, or was before. */
export const dataframeCopiedTwice = defineRule({
  meta: {
    name: "dataframe-copied-twice",
    code: "MEM613",
    summary: "DataFrame is copied although the step before or after makes a new one",
    severity: "information",
    gains: ["peak", "copies"],
  },
  visits: ["Call"],
  calls: ["copy"],

  *check(copy, model) {
    if (!isCopy(copy)) return;
    const problem = copiedBefore(copy, model) ?? copiedAfter(copy, model);
    if (problem) yield problem;
  },
});

type MethodCall = Call & { readonly callee: Attribute };

function isMethodCall(node: Expression | undefined): node is MethodCall {
  return isA(node, "Call") && isA(node.callee, "Attribute");
}

function isCopy(call: Call): call is MethodCall {
  return isMethodCall(call) && call.callee.name.text === "copy" && call.args.length === 0;
}

/** `pd.concat(parts).copy()`, `frame.sort_values("size").copy()` and `frame.copy().copy()`. */
function copiedBefore(copy: MethodCall, model: Model): Problem | null {
  const made = copy.callee.object;
  if (!isA(made, "Call")) return null;
  const isMade =
    /^pandas\.(concat|merge|read_\w+|pivot_table|melt)$/.test(
      model.qualifiedName(made.callee) ?? "",
    ) ||
    (isMethodCall(made) && makesFrame(made, model) && !warning.has(made.callee.name.text)) ||
    (isCopy(made) && isFrame(made.callee.object, model));
  if (!isMade) return null;
  return report(copy, "This frame is new and nobody else's; the copy of it is one too many", model);
}

const early = "What follows makes a new frame anyway; the copy before it is one too many";

/** `frame.copy().sort_values("size")`, in one statement or in the next one. */
function copiedAfter(copy: MethodCall, model: Model): Problem | null {
  const holder = copy.parent;
  if (isA(holder, "Attribute")) {
    const next = holder.parent;
    if (!isA(next, "Call") || !isMethodCall(next) || next.callee !== holder) return null;
    return makesFrame(next, model) ? report(copy, early, model) : null;
  }
  if (!isA(holder, "Assign") || holder.targets.length > 1) return null;
  const [name] = holder.targets;
  const after = siblingAfter(holder);
  if (!isA(name, "Name") || !isA(after, "Assign") || after.targets.length > 1) return null;
  const [target] = after.targets;
  if (!target || !isSameExpression(target, name)) return null;
  const first = firstStep(after.value);
  if (!first || !isSameExpression(first.callee.object, name)) return null;
  const isNew =
    makesFrame(first, model) || (isNewFrame(first) && isFrame(copy.callee.object, model));
  return isNew ? report(copy, early, model) : null;
}

/** `frame.dropna()` of `frame.dropna().merge(other)`. */
function firstStep(chain: Expression): MethodCall | null {
  let step = chain;
  while (isMethodCall(step) && isMethodCall(step.callee.object)) step = step.callee.object;
  return isMethodCall(step) ? step : null;
}

function isNewFrame({ callee, args }: MethodCall): boolean {
  const isInPlace = args.some(
    ({ name, shape }) => shape === "doubleStar" || /^(inplace|copy)$/.test(name?.text ?? ""),
  );
  const method = callee.name.text;
  return !isInPlace && (frameMethods.has(method) || sharedMethods.has(method));
}

/** Arguments that frames' methods have and those of other types have not. */
const frameArguments: ReadonlySet<string> = new Set(["axis", "columns", "left_on", "subset"]);

function makesFrame(call: MethodCall, model: Model): boolean {
  if (!isNewFrame(call)) return false;
  if (frameMethods.has(call.callee.name.text)) return true;
  if (call.args.some(({ name }) => name !== null && frameArguments.has(name.text))) return true;
  if (call.callee.name.text === "reset_index" && call.args[0]?.name?.text === "drop") return true;
  return isFrame(call.callee.object, model);
}

/** A frame, or what methods of frames made of one. */
function isFrame(value: Expression, model: Model): boolean {
  let root = value;
  // Each copy in a chain goes down the chain: no further than people write one.
  for (let left = 50; left > 0 && isMethodCall(root); left--) {
    if (frameMethods.has(root.callee.name.text)) return true;
    if (model.qualifiedName(root.callee)?.startsWith("pandas.")) break;
    root = root.callee.object;
  }
  const type = model.typeOf(root);
  return type === "DataFrame" || type === "Series";
}

function report(copy: MethodCall, message: string, model: Model): Problem {
  const dot = copy.callee.name.span.start - 1;
  const tail = { start: dot, end: copy.span.end };
  // On a line of its own the dot may stand behind a comment.
  const isPlain = /^\.copy\(\)$/.test(model.file.text.slice(tail.start, tail.end));
  const edits: Edit[] = [{ span: tail, text: "" }];
  return {
    span: copy.callee.name.span,
    message,
    allocations: [copy.span],
    ...(isPlain
      ? { fix: { title: "Drop the copy", safety: "review" as const, changes, edits } }
      : {}),
  };
}

const changes = "with pandas 3 the two share memory until one of them is written to";
