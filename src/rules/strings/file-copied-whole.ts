import { isSameExpression, type Model } from "#semantics";
import { type Call, type Expression, isA } from "#syntax";
import { losesComment } from "../collections/drop-call";
import { importing } from "../importing";
import { defineRule, type Fix } from "../rule";
import { isItself, type WholeRead, wholeReadOf } from "./whole-read";

/** What writes all that a method reads. */
const writers: Readonly<Record<WholeRead["method"], string>> = {
  read: "write",
  read_bytes: "write_bytes",
  read_text: "write_text",
};

/** A file that is read only to be written elsewhere goes through memory as a whole. */
export const fileCopiedWhole = defineRule({
  meta: {
    name: "file-copied-whole",
    code: "MEM206",
    summary: "A file is read whole only to be written to another",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: Object.values(writers),

  *check(call, model) {
    const { callee, args, parent } = call;
    const [argument, second] = args;
    if (!isA(callee, "Attribute") || argument?.shape !== "positional" || second) return;
    if (!callee.name.text.startsWith("write")) return;
    const read = wholeReadOf(argument.value, model);
    if (!read || callee.name.text !== writers[read.method]) return;
    // What is read before the same file is written has to be read whole.
    if (isSameExpression(read.source, callee.object) || isItself(callee, model)) return;
    // The number of characters written is known to `write` alone.
    const isUnasked = isA(parent, "ExpressionStatement");
    const fix = isUnasked ? copyInBlocks(call, callee.object, read, model) : null;
    yield {
      span: read.call.span,
      message: "The whole file is in memory to be written; `shutil` copies one block at a time",
      ...(fix && { fix }),
    };
  },
});

/** None for paths: what has a `read_bytes` need not be a path that `shutil` knows. */
function copyInBlocks(call: Call, target: Expression, read: WholeRead, model: Model): Fix | null {
  if (read.method !== "read") return null;
  const imported = importing("shutil", "copyfileobj", call, model);
  if (!imported) return null;
  const text = `${imported.name}(${model.textOf(read.source)}, ${model.textOf(target)})`;
  const edits = [...imported.edits, { span: call.span, text }];
  if (losesComment(edits, model)) return null;
  const changes = "it is written while it is read, so an error leaves a part of it written";
  return { title: "Use `shutil.copyfileobj`", safety: "review", changes, edits };
}
