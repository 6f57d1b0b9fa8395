import { lineAt } from "#base";
import type { Comment, Node, SourceFile } from "#syntax";
import { childAt } from "./statement-at";

/** Lines from 0, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Gives what a comment disables as Pylint reads it: behind a simple statement that statement; in the
 * head of a function or class all of it, in another head the block below; on a line of its own the
 * rest of the block around it, at the top of a file all of it.
 */
export function disabledLines(
  file: SourceFile,
  comment: Comment,
  line: number,
): { readonly reach: "line" | "block"; readonly lines: LineRange } {
  const linesOf = ({ span }: Node): LineRange => ({
    first: lineAt(file.lines, span.start),
    last: lineAt(file.lines, Math.max(span.start, span.end - 1)),
  });
  let rest: LineRange = { first: line, last: file.lines.starts.length - 1 };
  let around: Node = file.module;
  for (let node = innerNode(file, around, comment, line); node;) {
    const isStatement = around.kind === "Block" || around.kind === "Module";
    const body = node.children.find(child => child.kind === "Block");
    const { first, last } = linesOf(node);
    if (isStatement && first === last) {
      return { reach: "line", lines: { first, last } };
    } else if (node.kind === "Block") {
      rest = { first: line, last };
    } else if (body && line < linesOf(body).first) {
      const isWhole = node.kind === "FunctionDef" || node.kind === "ClassDef";
      const lines = isWhole ? { first, last } : { first: line, last: linesOf(body).last };
      return { reach: "block", lines };
    } else if (isStatement && !body && node.kind !== "Match") {
      return { reach: "line", lines: { first, last } };
    }
    around = node;
    node = innerNode(file, around, comment, line);
  }
  return { reach: "block", lines: rest };
}

/** The part of a node in which a comment stands, or which its line begins. */
function innerNode(file: SourceFile, node: Node, comment: Comment, line: number): Node | null {
  const inside = childAt(node, comment.span.start);
  if (inside) return inside;
  // A comment behind code stands after its last node; the code is what the line begins with.
  const start = file.lines.starts[line] ?? 0;
  const before = file.text.slice(start, comment.span.start);
  const indent = before.search(/\S/);
  return indent < 0 ? null : childAt(node, start + indent);
}
