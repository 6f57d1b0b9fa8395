import { contains, type Edit, lineAt, type Span } from "#base";
import { canDelay, type Model } from "#semantics";
import { defineRule, type Fix } from "../rule";
import { indentOf, indentUnit, isAlone } from "../reindent";
import { type AppendLoop, appendLoopOf, comprehensionLines } from "./append-loop";
import { onlyConsumption } from "./consumption";
import { isFew } from "./few-elements";
import { partOf } from "./fill-loop";

/** Where a comprehension is broken over several lines. */
const widest = 88;

/** A loop that appends to a fresh list is a comprehension, or a generator when it is read once. */
export const listBuildingLoop = defineRule({
  meta: {
    name: "list-building-loop",
    code: "MEM102",
    summary: "Loop builds a list that a comprehension or a generator could stand for",
    severity: "hint",
    gains: ["time"],
    peers: ["PERF401", "W8401", "use-list-comprehension"],
  },
  visits: ["For"],

  *check(loop, model) {
    const appendLoop = appendLoopOf(loop, model);
    if (!appendLoop || isFew(loop.iterable, model)) return;
    // The callee alone is underlined: the call may go on for many lines.
    const place = {
      span: appendLoop.append.callee.span,
      allocations: [appendLoop.append.span],
    };
    if (isReadOnce(appendLoop, model)) {
      const message = "The list is filled to be read once, in order; a generator holds one element";
      const fix = rewritten(appendLoop, "generator", model);
      yield { ...place, severity: "warning", message, ...(fix && { fix }) };
      return;
    }
    const message = "A comprehension says this in one statement; it takes the same memory";
    const fix = rewritten(appendLoop, "list", model);
    yield { ...place, message, ...(fix && { fix }) };
  },
});

/** Whether the list is only iterated afterwards, and its elements may be made while it is. */
function isReadOnce({ loop, definition, list, ...rest }: AppendLoop, model: Model): boolean {
  const [target] = definition.kind === "Assign" ? definition.targets : [definition.target];
  if (target?.kind !== "Name") return false;
  const consumption = onlyConsumption(target, loop, new Set([list]), model);
  if (!consumption) return false;
  const parts = [...rest.clauses.map(partOf), rest.element];
  return canDelay({ parts, targets: rest.targets, meanwhile: consumption.meanwhile }, model);
}

/** Null where a comment would be lost, or an annotation would not be true any more. */
function rewritten(appendLoop: AppendLoop, kind: "list" | "generator", model: Model): Fix | null {
  const { loop, definition } = appendLoop;
  if (kind === "generator" && definition.kind === "AnnotatedAssign") return null;
  if (!isAlone(definition, model) || !isAlone(loop, model)) return null;
  const removed = definitionLines(appendLoop, model);
  const isCommented = [removed, wholeLines(loop.span, model)].some(lines =>
    model.file.comments.some(({ span }) => contains(lines, span)),
  );
  if (isCommented) return null;
  const edits: Edit[] = [
    { span: removed, text: "" },
    { span: loop.span, text: comprehension(appendLoop, kind, model) },
  ];
  return kind === "list"
    ? {
        title: "Use a list comprehension",
        safety: "review",
        changes: "the loop's names are not set after it, and an error leaves no half-filled list",
        edits,
      }
    : {
        title: "Use a generator",
        safety: "review",
        changes: "elements are made while it is read, so an error in one shows later",
        edits,
      };
}

function comprehension(appendLoop: AppendLoop, kind: "list" | "generator", model: Model): string {
  const { definition, loop } = appendLoop;
  const value = definition.value?.span.start ?? definition.span.end;
  const head = model.file.text.slice(definition.span.start, value);
  const [open, close] = kind === "list" ? ["[", "]"] : ["(", ")"];
  const lines = comprehensionLines(appendLoop, model);
  const indent = indentOf(loop, model);
  const short = `${head}${open}${lines.join(" ")}${close}`;
  if (indent.length + short.length <= widest && !short.includes("\n")) return short;
  const inner = indent + indentUnit(model);
  return `${head}${open}\n${lines.map(line => `${inner}${line}\n`).join("")}${indent}${close}`;
}

/** The lines of the definition, with the blank ones after it when nothing but they and the loop follow. */
function definitionLines({ definition, loop }: AppendLoop, model: Model): Span {
  const lines = wholeLines(definition.span, model);
  const between = model.file.text.slice(lines.end, loop.span.start);
  return between.trim() === ""
    ? { start: lines.start, end: wholeLines(loop.span, model).start }
    : lines;
}

/** From the start of the first line to the start of the line after the last. */
function wholeLines(span: Span, { file }: Model): Span {
  const { starts, length } = file.lines;
  const start = starts[lineAt(file.lines, span.start)] ?? 0;
  const end = starts[lineAt(file.lines, span.end) + 1] ?? length;
  return { start, end };
}
