import type { Edit, Span } from "#base";
import { type Model, writtenSpan } from "#semantics";
import { type Call, type Expression, isA, type List, type ListComprehension } from "#syntax";

/** Takes a call of one argument away, and its parentheses where nothing else needs them. */
export function dropCall(call: Call): Edit[] {
  const { start } = call.span;
  const [argument] = call.args;
  const isTight = argument?.span.start === call.open.end && argument.span.end === call.close.start;
  if (isTight || isBareGenerator(call)) {
    return [
      { span: { start, end: call.open.end }, text: "" },
      { span: call.close, text: "" },
    ];
  }
  const edits: Edit[] = [{ span: { start, end: call.open.start }, text: "" }];
  if (call.trailingComma) edits.push({ span: call.trailingComma, text: "" });
  return edits;
}

/** `sum(list(x for x in xs))`, where the generator may have the outer call's parentheses. */
function isBareGenerator({ args: [argument], parent }: Call): boolean {
  if (!isA(argument?.value, "Generator") || !isA(parent, "Argument")) return false;
  const outer = parent.parent;
  return isA(outer, "Call") && outer.args.length === 1 && !outer.trailingComma;
}

/**
 * Makes a list that is an argument a generator: drops the brackets, or makes them parentheses where
 * Python forbids a bare generator. A bracket that has a line to itself takes the line along.
 */
export function passGenerator(list: ListComprehension, call: Call, { file }: Model): Edit[] {
  const isAlone = call.args.length === 1 && !call.trailingComma;
  if (!isAlone) {
    return [
      { span: list.open, text: "(" },
      { span: list.close, text: ")" },
    ];
  }
  const isBroken = (start: number, end: number): boolean =>
    /^[ \t]*\r?\n\s*$/.test(file.text.slice(start, end));
  const start = isBroken(call.open.end, list.open.start) ? call.open.end : list.open.start;
  const end = isBroken(list.close.end, call.close.start) ? call.close.start : list.close.end;
  return [
    { span: { start, end: list.open.end }, text: "" },
    { span: { start: list.close.start, end }, text: "" },
  ];
}

/** What `list(x)`, `tuple(x)` or `[*x]` is made of; null for everything else. */
export function listedSource(node: Expression, model: Model): Expression | null {
  if (isA(node, "List")) {
    const [only, second] = node.elements;
    return isA(only, "Starred") && !second ? only.value : null;
  }
  if (!isA(node, "Call") || node.args.length !== 1) return null;
  const [argument] = node.args;
  if (argument?.shape !== "positional") return null;
  const name = model.builtinName(node.callee);
  return name === "list" || name === "tuple" ? argument.value : null;
}

/** Tells of a list in brackets whether it may be `[*x]`; a call may always be `list(x)`. */
export function mayList(node: Call | List): boolean {
  return node.kind === "Call" || (node.elements.length === 1 && isA(node.elements[0], "Starred"));
}

/** Leaves of `list(x)`, `tuple(x)` or `[*x]` what is listed. */
export function dropListing(node: Expression, source: Expression, model: Model): Edit[] {
  if (isA(node, "Call")) return dropCall(node);
  const { start, end } = writtenSpan(source, model, node.span);
  return [
    { span: { start: node.span.start, end: start }, text: "" },
    { span: { start: end, end: node.span.end }, text: "" },
  ];
}

/** Tells whether edits take a comment away with what they replace. */
export function losesComment(edits: readonly Edit[], model: Model): boolean {
  return edits.some(({ span }) => hasComment(span, model));
}

function hasComment({ start, end }: Span, { file }: Model): boolean {
  return file.comments.some(({ span }) => span.start >= start && span.end <= end);
}
