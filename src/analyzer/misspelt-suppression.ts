import type { Finding, Fix, Severity } from "#rules";
import type { SourceFile } from "#syntax";
import type { SuppressionUse } from "./suppress";
import type { CommentForms } from "./suppression-forms";
import { findMisspelt, type Misspelt } from "./suppression";
import { silencer, unusedSuppression } from "./unused-suppression";

/** Reports the comments that come close to this tool's own form and silence nothing. */
export function reportMisspelt(
  file: SourceFile,
  forms: CommentForms,
  uses: readonly SuppressionUse[],
  severity: Severity | null,
): readonly Finding[] {
  const misspelt = findMisspelt(file, forms);
  if (misspelt.length === 0) return [];
  const { code, name } = unusedSuppression;
  const isSilenced = silencer(uses);
  return misspelt
    .filter(each => !isSilenced(each))
    .map(each => {
      const written = file.slice(each.span.start, each.span.end);
      const meant = meantBy(each, written);
      const fix = isPlaced(file, each, written) ? fixOf(each, meant) : null;
      return {
        span: each.span,
        message: `This comment silences nothing; did you mean \`${shorten(meant)}\``,
        ...(fix && { fix }),
        code,
        name,
        severity: severity ?? unusedSuppression.severity,
      };
    });
}

function meantBy({ codes }: Misspelt, written: string): string {
  const word = /-files?\b/i.test(written) ? "ignore-file" : "ignore";
  const list = codes?.map(each => (/^MEM\d/.test(each) ? each : each.toLowerCase())).join(", ");
  return `# memory: ${word}${list === undefined ? "" : `[${list}]`}`;
}

/**
 * Whether the comment stands where the right form would count. One for the next line does not, and
 * neither does one on a line of its own, unless it is for the file.
 */
function isPlaced(file: SourceFile, { comment, line }: Misspelt, written: string): boolean {
  if (/-files?\b/i.test(written)) return true;
  const before = file.slice(file.lines.starts[line] ?? 0, comment.span.start);
  return before.trim() !== "" && !/-next/i.test(written);
}

function fixOf({ span }: Misspelt, text: string): Fix {
  return { title: "Write it so that it counts", safety: "safe", edits: [{ span, text }] };
}

function shorten(text: string): string {
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}
