import type { Edit } from "#base";
import type { SourceFile } from "#syntax";
import type { Suppression } from "./suppression";

/**
 * Gives the edit that takes codes out of a comment, or all that it silences when no code is left. A
 * reason and what else the comment says stay; a line that would be empty goes.
 */
export function withoutSuppression(
  file: SourceFile,
  suppression: Suppression,
  unused: readonly string[],
): Edit {
  const kept = suppression.codes?.filter(code => !unused.includes(code)) ?? [];
  if (kept.length > 0) return keepCodes(file, suppression, new Set(kept));
  return removeWhole(file, suppression);
}

/** Replaces the list, between brackets if there are any; the codes stay as they were written. */
function keepCodes(file: SourceFile, { span }: Suppression, kept: ReadonlySet<string>): Edit {
  const text = file.slice(span.start, span.end);
  const bracket = text.indexOf("[");
  const start = span.start + (bracket < 0 ? text.search(/\bmem\d/i) : bracket + 1);
  const end = text.endsWith("]") ? span.end - 1 : span.end;
  const written = file.slice(start, end).split(/[\s,]+/);
  const list = written.filter(code => kept.has(code.toUpperCase())).join(", ");
  return { span: { start, end }, text: list };
}

function removeWhole({ text, lines }: SourceFile, { span, comment, line }: Suppression): Edit {
  const before = text.slice(comment.span.start, span.start).trimEnd();
  const after = text.slice(span.end, comment.span.end).trim();
  const reason = after.replace(/^\)?\s*-*\s*/, "");
  const remark = reason === "" || reason.startsWith("#") ? reason : `# ${reason}`;
  const end = comment.span.end;
  if (before !== "" || remark !== "") {
    const gap = before !== "" && remark !== "" ? "  " : "";
    return { span: { start: comment.span.start, end }, text: `${before}${gap}${remark}` };
  }
  const lineStart = (lines.starts[line] ?? 0) + (line === 0 && text.startsWith("\ufeff") ? 1 : 0);
  const code = text.slice(lineStart, comment.span.start).trimEnd();
  if (code !== "") return { span: { start: lineStart + code.length, end }, text: "" };
  return { span: { start: lineStart, end: lines.starts[line + 1] ?? text.length }, text: "" };
}
