import type { Model } from "#semantics";
import { type Call, type For, type ForClause, isA } from "#syntax";
import { dropMethod } from "../collections/drop-method";
import { isDelayed, loopOver, repeatedParts } from "../collections/loop-over";
import { defineRule, type Fix, type Problem } from "../rule";
import { isReadBy, isReopenedBy, isUsedBy, type Opening, opening } from "./open-file";

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
  visits: ["Call"],
  calls: ["readlines"],

  *check(call, model) {
    const loop = isReadlines(call) ? loopOver(call, model) : null;
    const problem = loop && isReadlines(call) ? problemOf(call, loop, model) : null;
    if (problem) yield problem;
  },
});

interface Readlines extends Call {
  readonly callee: Call["callee"] & { readonly kind: "Attribute" };
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

function iterateFile(
  call: Readlines,
  loop: For | ForClause,
  opened: Opening | null,
  model: Model,
): Fix {
  const edits = dropMethod(call, call.callee, model);
  const title = "Iterate the file";
  if (opened?.binding && !isDelayed(loop) && !isReadBy(opened, loop)) {
    return { title, safety: "safe", edits };
  }
  return { title, safety: "review", changes: "the file is read while the loop runs", edits };
}
