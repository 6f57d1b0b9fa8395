import { lineAt, type LineMap } from "#base";
import type { Finding } from "#rules";
import type { Comment, Node, SourceFile } from "#syntax";

/** What one comment silences; `codes` null means every code. */
export interface Suppression {
  readonly reach: "line" | "file";
  /** Upper case, each a code or a prefix of codes. */
  readonly codes: readonly string[] | null;
  readonly comment: Comment;
  /** Line of the comment, from 0. */
  readonly line: number;
  /** Whether it is written in this tool's own form, to which codes can be added. */
  readonly isOwn: boolean;
}

const own = /#\s*memory:\s*ignore(-file)?(?![\w-])(?:\s*\[([^\]]*)\])?/i;
// As Ruff reads it: codes are separated by commas or spaces, no colon means all, and a colon without
// a code means nothing.
const noqa = /#\s*noqa(?:\s*:\s*([a-z]+\d+(?:[\s,]+[a-z]+\d+)*)|(?!\s*:|\w))/i;

/** Finds the comments that silence findings, in source order. */
export function findSuppressions(
  comments: readonly Comment[],
  lines: LineMap,
): readonly Suppression[] {
  return comments.flatMap(comment => {
    const line = lineAt(lines, comment.span.start);
    return [readOwn(comment, line), readNoqa(comment, line)].filter(found => found !== null);
  });
}

function readOwn(comment: Comment, line: number): Suppression | null {
  const match = own.exec(comment.text);
  if (!match) return null;
  const reach = match[1] ? "file" : "line";
  return { reach, codes: readCodes(match[2]), comment, line, isOwn: true };
}

function readNoqa(comment: Comment, line: number): Suppression | null {
  const match = noqa.exec(comment.text);
  if (!match) return null;
  return { reach: "line", codes: readCodes(match[1]), comment, line, isOwn: false };
}

function readCodes(list: string | undefined): readonly string[] | null {
  if (list === undefined) return null;
  return list
    .split(/[\s,]+/)
    .filter(code => code !== "")
    .map(code => code.toUpperCase());
}

/** Tells whether a suppression names a code. */
export function silences(suppression: Suppression, code: string): boolean {
  return suppression.codes === null || suppression.codes.some(prefix => isPrefixOf(prefix, code));
}

/** Only whole codes and prefixes with a digit count: `# noqa: M` is somebody else's family. */
function isPrefixOf(prefix: string, code: string): boolean {
  return /^MEM\d/.test(prefix) && code.startsWith(prefix);
}

/** Gives the test whether a comment of this file silences a finding. */
export function silencer(file: SourceFile): (finding: Finding) => boolean {
  const found = findSuppressions(file.comments, file.lines);
  if (found.length === 0) return () => false;
  const wholeFile = found.filter(suppression => suppression.reach === "file");
  const byLine = new Map<number, Suppression[]>();
  for (const suppression of found) {
    if (suppression.reach === "file") continue;
    byLine.set(suppression.line, [...(byLine.get(suppression.line) ?? []), suppression]);
  }
  return finding =>
    [...wholeFile, ...suppressionLines(file, finding).flatMap(line => byLine.get(line) ?? [])].some(
      suppression => silences(suppression, finding.code),
    );
}

/**
 * The lines on which a comment speaks of a finding: its first and last one, and the last one of the
 * simple statement around it, where a formatter leaves a trailing comment.
 */
export function suppressionLines(file: SourceFile, finding: Finding): readonly number[] {
  const first = lineAt(file.lines, finding.span.start);
  const last = lineAt(file.lines, Math.max(finding.span.start, finding.span.end - 1));
  const statement = simpleStatementAt(file.module, finding.span.start);
  const end = statement ? lineAt(file.lines, Math.max(0, statement.span.end - 1)) : last;
  return [...new Set([first, last, Math.max(last, end)])];
}

/** Finds the statement without a body that holds an offset; null in a compound statement's head. */
function simpleStatementAt(module: Node, offset: number): Node | null {
  let node: Node = module;
  for (;;) {
    const child: Node | undefined = node.children.find(
      candidate => candidate.span.start <= offset && offset < candidate.span.end,
    );
    if (!child) return null;
    const isStatement = node.kind === "Module" || node.kind === "Block";
    if (isStatement && !child.children.some(hasBody)) return child;
    node = child;
  }
}

function hasBody(node: Node): boolean {
  return node.kind === "Block" || node.kind === "MatchCase" || node.kind === "ExceptHandler";
}
