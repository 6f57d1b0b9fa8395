import { type Edit, lineAt } from "#base";
import type { Finding } from "#rules";
import type { Node, SourceFile } from "#syntax";
import { lineEndOf } from "./fixes";
import { suppressionLines } from "./suppress";
import { findSuppressions, type Suppression } from "./suppression";

/**
 * Gives the edit that silences a finding by a comment, on its line or for its file. A comment of
 * the same kind that is already there gets the code added. Null when no line of the finding can
 * end in a comment, as within a string of several lines.
 */
export function suppressEdit(
  file: SourceFile,
  finding: Finding,
  reach: "line" | "file",
): Edit | null {
  return reach === "line" ? lineEdit(file, finding) : fileEdit(file, finding);
}

function lineEdit(file: SourceFile, finding: Finding): Edit | null {
  const lines = suppressionLines(file, finding);
  const present = ownSuppressions(file, "line").find(({ line }) => lines.includes(line));
  if (present) return addCode(file, present, finding.code);
  for (const line of lines) {
    const end = contentEnd(file, line);
    if (isFreeForComment(file, line, end)) {
      return { span: { start: end, end }, text: `  # memory: ignore[${finding.code}]` };
    }
  }
  return null;
}

function fileEdit(file: SourceFile, finding: Finding): Edit {
  const present = ownSuppressions(file, "file")[0];
  if (present) return addCode(file, present, finding.code);
  const line = firstFreeLine(file);
  const lineEnd = lineEndOf(file.text);
  const comment = `# memory: ignore-file[${finding.code}]`;
  const start = file.lines.starts[line];
  if (start === undefined) {
    const end = file.text.length;
    return { span: { start: end, end }, text: `${lineEnd}${comment}${lineEnd}` };
  }
  // A byte order mark stays the first character of the text.
  const at = start === 0 && file.text.startsWith("\ufeff") ? 1 : start;
  return { span: { start: at, end: at }, text: `${comment}${lineEnd}` };
}

/** The first line below the interpreter line and the declaration of the encoding. */
function firstFreeLine(file: SourceFile): number {
  let line = 0;
  if (file.text.startsWith("#!")) line = 1;
  for (const index of [0, 1]) {
    const start = file.lines.starts[index] ?? file.text.length;
    const content = file.text.slice(start, contentEnd(file, index));
    if (/^\ufeff?[ \t\f]*#.*?coding[:=]/.test(content)) line = index + 1;
  }
  return line;
}

function ownSuppressions(file: SourceFile, reach: "line" | "file"): readonly Suppression[] {
  return findSuppressions(file).filter(
    suppression => suppression.isOwn && suppression.reach === reach && suppression.codes !== null,
  );
}

/** Adds a code behind those of `# memory: ignore[…]`, whose span ends with the bracket, if any. */
function addCode(file: SourceFile, { span, codes }: Suppression, code: string): Edit {
  const end = file.slice(span.end - 1, span.end) === "]" ? span.end - 1 : span.end;
  const separator = codes && codes.length > 0 ? ", " : "";
  return { span: { start: end, end }, text: separator + code };
}

/** Offset at which a line's text ends, before its line end. */
function contentEnd(file: SourceFile, line: number): number {
  const next = file.lines.starts[line + 1];
  if (next === undefined) return file.text.length;
  let end = next;
  while (end > 0 && /[\r\n]/.test(file.text[end - 1] ?? "") && end > (file.lines.starts[line] ?? 0))
    end--;
  return end;
}

/** A comment cannot follow a backslash, and in a string it would be text. */
function isFreeForComment(file: SourceFile, line: number, end: number): boolean {
  const comment = file.comments.find(({ span }) => lineAt(file.lines, span.start) === line);
  if (comment) return true;
  if (file.text[end - 1] === "\\") return false;
  return !isInString(file.module, end);
}

function isInString(module: Node, offset: number): boolean {
  let node: Node | undefined = module;
  while (node) {
    if (node.kind === "String") return true;
    node = node.children.find(({ span }) => span.start < offset && offset < span.end);
  }
  return false;
}
