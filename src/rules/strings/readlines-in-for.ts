import type { Edit } from "#base";
import type { Model } from "#semantics";
import { type Call, type Expression, type For, type ForClause, isA, type Node } from "#syntax";
import { defineRule, type Fix, type Problem } from "../rule";
import { isReadBy, isReopenedBy, isUsedBy, type Opening, opening } from "./open-file";

/** Builtins that go over their arguments one element at a time. */
const lazyBuiltins: ReadonlySet<string> = new Set(["enumerate", "filter", "map", "zip"]);

/** A loop over `readlines()` holds all lines of the file while it needs one. */
export const readlinesInFor = defineRule({
  meta: {
    name: "readlines-in-for",
    code: "MEM203",
    summary: "All lines of a file are read before the loop looks at the first",
    severity: "warning",
    gains: ["peak"],
    peers: ["FURB129"],
  },
  visits: ["For", "ForClause"],

  *check(loop, model) {
    if (loop.isAsync) return;
    for (const call of readlinesCalls(loop.iterable, model)) {
      const problem = problemOf(call, loop, model);
      if (problem) yield problem;
    }
  },
});

interface Readlines extends Call {
  readonly callee: Call["callee"] & { readonly kind: "Attribute" };
}

function* readlinesCalls(iterable: Expression, model: Model): Generator<Readlines> {
  if (!isA(iterable, "Call")) return;
  if (isReadlines(iterable)) yield iterable;
  if (!lazyBuiltins.has(model.builtinName(iterable.callee) ?? "")) return;
  for (const { value } of iterable.args) if (isA(value, "Call") && isReadlines(value)) yield value;
}

/** `readlines(hint)` reads only so many bytes. */
function isReadlines(call: Call): call is Readlines {
  const { callee, args } = call;
  return isA(callee, "Attribute") && callee.name.text === "readlines" && args.length === 0;
}

function problemOf(call: Readlines, loop: For | ForClause, model: Model): Problem | null {
  const file = call.callee.object;
  const parts = repeatedParts(loop);
  // The loop may read on, go back in the file or write to it: then the list is what it needs.
  if (parts.some(part => isUsedBy(part, file, model))) return null;
  const opened = opening(file, model);
  if (opened && parts.some(part => isReopenedBy(part, opened.call, model))) return null;
  return {
    span: call.span,
    message: "`readlines` reads the whole file; iterating the file holds one line at a time",
    fix: iterateFile(call, loop, opened, model),
  };
}

/** What runs for each line: the loop's body, or the rest of the comprehension. */
function repeatedParts(loop: For | ForClause): Node[] {
  if (loop.kind === "For") return [loop.body];
  const all = loop.parent?.children ?? [];
  return all.flatMap(part => (part === loop ? [loop.target] : [part]));
}

function iterateFile(
  call: Readlines,
  loop: For | ForClause,
  opened: Opening | null,
  model: Model,
): Fix {
  const { start } = call.callee.name.span;
  const dot = model.file.text.lastIndexOf(".", start);
  const edits: Edit[] = [{ span: { start: dot, end: call.span.end }, text: "" }];
  const title = "Iterate the file";
  if (opened?.binding && !isDelayed(loop) && !isReadBy(opened, loop)) {
    return { title, safety: "safe", edits };
  }
  return { title, safety: "review", changes: "the file is read while the loop runs", edits };
}

/** A generator expression may go over the file when it is closed already. */
function isDelayed(loop: For | ForClause): boolean {
  return loop.parent?.kind === "Generator";
}
