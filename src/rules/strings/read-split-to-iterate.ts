import type { Model } from "#semantics";
import { type Call, type Expression, isA, type Node } from "#syntax";
import { whileLooped } from "../collections/consumption";
import { losesComment } from "../collections/drop-call";
import { isInString } from "../collections/in-string";
import { defineRule, type Fix } from "../rule";
import { isReopenedBy, isUsedBy, opening } from "./open-file";
import { mentions, plainOpening, type WholeRead, wholeReadOf } from "./whole-read";

/** A file that is read whole and split into lines is there twice while a loop needs one line. */
export const readSplitToIterate = defineRule({
  meta: {
    name: "read-split-to-iterate",
    code: "MEM204",
    summary: "A file is read whole and split into lines that are only iterated",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: ["split", "splitlines"],

  *check(call, model) {
    const text = splitIntoLines(call);
    const read = text && wholeReadOf(text, model);
    const parts = read && whileLooped(call, model);
    if (!parts || parts.some(part => isNeededWhole(part, read, model))) return;
    const fix = read.method === "read" ? iterateFile(call, read, model) : null;
    yield {
      span: call.span,
      message: "This holds the file and a list of its lines; iterating the file holds one line",
      ...(fix && { fix }),
    };
  },
});

/** The text that `text.splitlines()` or `text.split("\n")` takes apart. */
function splitIntoLines({ callee, args }: Call): Expression | null {
  if (!isA(callee, "Attribute")) return null;
  const [first, second] = args;
  if (callee.name.text === "splitlines") return first ? null : callee.object;
  if (callee.name.text !== "split" || second || !isA(first?.value, "String")) return null;
  return first.value.raw === "\\n" ? callee.object : null;
}

/** Whether the loop reads on in the file, writes to it or replaces it. */
function isNeededWhole(part: Node, { method, source }: WholeRead, model: Model): boolean {
  if (method !== "read") return mentions(part, source);
  if (isUsedBy(part, source, model)) return true;
  const opened = opening(source, model);
  return opened !== null && isReopenedBy(part, opened.call, model);
}

/** Only for a file known to be opened as text: its lines end in one line feed each, however written. */
function iterateFile(call: Call, { source }: WholeRead, model: Model): Fix | null {
  const opened = plainOpening(source, model);
  if (!opened || opened.isBinary || isInString(call)) return null;
  const text = `(line.rstrip("\\n") for line in ${model.textOf(source)})`;
  const edits = [{ span: call.span, text }];
  if (losesComment(edits, model)) return null;
  const changes =
    call.args.length === 0
      ? "lines end at line breaks only, not at form feeds and the like"
      : "there is no empty string after the last line break";
  return { title: "Iterate the file", safety: "review", changes, edits };
}
