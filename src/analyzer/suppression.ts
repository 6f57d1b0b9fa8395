import { lineAt, type Span } from "#base";
import type { RuleMeta } from "#rules";
import type { Comment, SourceFile } from "#syntax";
import { disabledLines, type LineRange } from "./disabled-lines";
import { type CommentForm, CommentForms } from "./suppression-forms";

/** What one comment silences; `codes` null means every code. */
export interface Suppression {
  /** `line` speaks of findings on `lines`, `block` of those that start in it, `file` of all. */
  readonly reach: "line" | "block" | "file";
  readonly lines: LineRange;
  /** Upper case: codes, prefixes of codes, or names. */
  readonly codes: readonly string[] | null;
  readonly comment: Comment;
  /** The part of the comment that says it. */
  readonly span: Span;
  /** Line of the comment, from 0. */
  readonly line: number;
  /** Whether it is written in this tool's own form, to which codes can be added. */
  readonly isOwn: boolean;
  readonly form: CommentForm["form"];
}

/** What a rule is called, here and by others. */
export type RuleNames = Pick<RuleMeta, "code" | "name" | "peers">;

/** Finds the comments that silence findings, in source order. */
export function findSuppressions(
  file: SourceFile,
  forms = new CommentForms(),
): readonly Suppression[] {
  const found = file.directives.flatMap(comment => placed(forms.of(comment), comment, file));
  const ends = found.filter(({ scope }) => scope === "end");
  return found.flatMap(({ scope, ...each }): Suppression[] => {
    const { line, form, codes } = each;
    const isOwn = form === "own";
    const only = { first: line, last: line };
    switch (scope) {
      case "end":
      case "misspelt":
        return [];
      case "line":
      case "file":
        return [{ ...each, isOwn, reach: scope, lines: only }];
      case "next": {
        const lines = { first: line + 1, last: line + 1 };
        return [{ ...each, isOwn, reach: "line", lines }];
      }
      case "disabled": {
        const { reach, lines } = disabledLines(file, each.comment, line);
        const end = ends.find(
          other => other.line > line && other.line <= lines.last && endsAny(other.codes, codes),
        );
        const last = end ? end.line - 1 : lines.last;
        return [{ ...each, isOwn, reach, lines: { first: lines.first, last } }];
      }
    }
  });
}

/** A comment that comes close to this tool's own form. */
export type Misspelt = Pick<Suppression, "codes" | "comment" | "span" | "line">;

/** Finds the comments that were meant to silence something and do not, in source order. */
export function findMisspelt(file: SourceFile, forms = new CommentForms()): readonly Misspelt[] {
  return file.directives
    .flatMap(comment => placed(forms.of(comment), comment, file))
    .filter(({ scope }) => scope === "misspelt");
}

function placed(forms: readonly CommentForm[], comment: Comment, { lines }: SourceFile) {
  if (forms.length === 0) return [];
  const { start } = comment.span;
  const line = lineAt(lines, start);
  return forms.map(({ from, to, ...form }) => ({
    ...form,
    comment,
    line,
    span: { start: start + from, end: start + to },
  }));
}

function endsAny(ended: readonly string[] | null, codes: readonly string[] | null): boolean {
  return codes === null || ended === null || codes.some(code => ended.includes(code));
}

/** Tells whether a suppression names a rule. */
export function silences(suppression: Suppression, rule: RuleNames): boolean {
  return suppression.codes?.some(code => namesRule(code, suppression.form, rule)) ?? true;
}

/** Tells whether a code or name, as comments of a form write it, stands for a rule. */
export function namesRule(written: string, form: CommentForm["form"], rule: RuleNames): boolean {
  const peers = (rule.peers ?? []).map(peer => peer.toUpperCase());
  switch (form) {
    case "own":
      return isPrefixOf(written, rule.code) || written === rule.name.toUpperCase();
    case "noqa": {
      // Ruff spells Pylint's W0102 as PLW0102.
      const bare = written.replace(/^PL(?=[A-Z]\d)/, "");
      return isPrefixOf(written, rule.code) || peers.some(peer => peer.startsWith(bare));
    }
    case "exact":
      return peers.includes(written);
  }
}

/** Only whole codes and prefixes with a digit count: `# noqa: M` is somebody else's family. */
function isPrefixOf(prefix: string, code: string): boolean {
  return /^MEM\d/.test(prefix) && code.startsWith(prefix);
}
