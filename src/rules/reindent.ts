import type { Edit, Span } from "#base";
import { lineAt } from "#base";
import type { Model } from "#semantics";
import { isA, type Node, walk } from "#syntax";

/** The blanks that a statement's line begins with. */
export function indentOf(statement: Node, { file }: Model): string {
  const start = lineStart(statement.span.start, file);
  return /^[ \t]*/.exec(file.text.slice(start, statement.span.end))?.[0] ?? "";
}

/** One level of the file's indentation, as its first block shows it; four blanks if none does. */
export function indentUnit(model: Model): string {
  // One statement after another: to walk the module would be to go over all of them first.
  for (const statement of model.module.body) {
    // Each of many fixes asks again where the module is a list of these.
    if (isA(statement, "Assign", "ExpressionStatement", "Import", "ImportFrom")) continue;
    for (const node of walk(statement)) {
      const [first] = node.kind === "Block" ? node.body : [];
      if (!first || !isAlone(first, model) || !node.parent) continue;
      const outer = indentOf(node.parent, model);
      const inner = indentOf(first, model);
      if (inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
    }
  }
  return "    ";
}

/** Tells whether a statement is alone on its lines, but for a comment after it. */
export function isAlone(statement: Node, model: Model): boolean {
  const { text } = model.file;
  const before = text.slice(lineStart(statement.span.start, model.file), statement.span.start);
  const after = text.slice(statement.span.end, lineEnd(statement.span.end, model.file));
  return /^[ \t]*$/.test(before) && /^\s*(#.*)?$/.test(after);
}

/**
 * Moves statements that follow another one level in, with the comments before and between them. Null
 * where lines cannot be moved: statements that share a line, and strings of several lines, whose text
 * the blanks would become part of.
 */
export function indentedAfter(
  previous: Node,
  statements: readonly Node[],
  model: Model,
): Edit[] | null {
  const last = statements.at(-1);
  if (!last || !statements.every(each => isAlone(each, model))) return null;
  if (statements.some(each => hasLongString(each, model))) return null;
  const { lines, text } = model.file;
  const unit = indentUnit(model);
  const edits: Edit[] = [];
  for (
    let line = lineAt(lines, previous.span.end) + 1;
    line <= lineAt(lines, last.span.end);
    line++
  ) {
    const start = lines.starts[line] ?? text.length;
    const isBlank = /^[ \t]*$/.test(text.slice(start, lineEnd(start, model.file)));
    if (!isBlank) edits.push({ span: { start, end: start }, text: unit });
  }
  return edits;
}

function hasLongString(statement: Node, { file }: Model): boolean {
  for (const node of walk(statement)) {
    if (isA(node, "String") && spansLines(node.span, file.lines)) return true;
  }
  return false;
}

function spansLines(span: Span, lines: Model["file"]["lines"]): boolean {
  return lineAt(lines, span.start) !== lineAt(lines, span.end);
}

function lineStart(offset: number, { lines }: Model["file"]): number {
  return lines.starts[lineAt(lines, offset)] ?? 0;
}

/** The offset of the line break that ends a line, or of the end of the text. */
export function lineEnd(offset: number, { text }: Model["file"]): number {
  const found = /\r\n|\n|\r/g;
  found.lastIndex = offset;
  return found.exec(text)?.index ?? text.length;
}
