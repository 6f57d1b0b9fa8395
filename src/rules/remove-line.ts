import type { Edit } from "#base";
import type { Model } from "#semantics";
import { isA, type Node } from "#syntax";
import { indentOf, isAlone, lineEnd } from "./reindent";

/**
 * The edit that takes a decorator, or a statement that is not the only one of its block, away with its
 * line. Null where something else shares the line, such as a comment.
 */
export function removeLine(node: Node, model: Model): Edit | null {
  if (!isAlone(node, model)) return null;
  if (isA(node.parent, "Block") && node.parent.body.length === 1) return null;
  const { text } = model.file;
  const end = lineEnd(node.span.end, model.file);
  if (/\S/.test(text.slice(node.span.end, end))) return null;
  const lineBreak = text.startsWith("\r\n", end) ? 2 : 1;
  const start = node.span.start - indentOf(node, model).length;
  return { span: { start, end: Math.min(end + lineBreak, text.length) }, text: "" };
}
