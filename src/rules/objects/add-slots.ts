import { type Edit, lineAt } from "#base";
import type { Model } from "#semantics";
import { type ClassDef, isA, type Statement } from "#syntax";
import { indentOf, isAlone, lineEnd } from "../reindent";

/**
 * The edit that puts `__slots__` at the head of a class, below its docstring. Null where the head
 * shares its line with the body.
 *
 * @param slots the value to assign, as Python text
 */
export function addSlots(definition: ClassDef, slots: string, model: Model): Edit | null {
  const assignment = `__slots__ = ${slots}`;
  const [first, second] = definition.body.body;
  if (!first) return null;
  if (!second && isPlaceholder(first)) return { span: first.span, text: assignment };
  if (!isAlone(first, model)) return null;
  const indent = indentOf(first, model);
  if (isDocstring(first)) {
    const at = lineEnd(first.span.end, model.file);
    return { span: { start: at, end: at }, text: `\n\n${indent}${assignment}` };
  }
  const gap = isA(first, "FunctionDef", "ClassDef") ? `\n\n${indent}` : `\n${indent}`;
  const start = startWithComments(first, definition, model);
  return { span: { start, end: start }, text: `${assignment}${gap}` };
}

/** Where a class's first statement begins, or the comments above it. */
function startWithComments(first: Statement, { args, name }: ClassDef, model: Model): number {
  const after = args.at(-1)?.span.end ?? name.span.end;
  const above = model.file.comments.find(
    comment =>
      comment.span.start > after &&
      comment.span.end < first.span.start &&
      indentBefore(comment.span.start, model) === indentOf(first, model),
  );
  return above?.span.start ?? first.span.start;
}

/** What stands before a place in its line. */
function indentBefore(offset: number, { file }: Model): string {
  return file.text.slice(file.lines.starts[lineAt(file.lines, offset)] ?? 0, offset);
}

function isPlaceholder(statement: Statement): boolean {
  if (statement.kind === "Pass") return true;
  return (
    isA(statement, "ExpressionStatement") &&
    isA(statement.value, "Constant") &&
    statement.value.value === "Ellipsis"
  );
}

function isDocstring(statement: Statement): boolean {
  return isA(statement, "ExpressionStatement") && isA(statement.value, "String");
}
