import { lineEndOf, type LocatedFinding, type OpenText, withLineEnds } from "#analyzer";
import { type Edit, type Span, touches } from "#base";
import { explainCommand, fixAllKind } from "#protocol";
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { OpenDocument } from "./documents";
import { titles } from "./messages";
import { toRange } from "./ranges";
import { toSpan } from "./text-changes";

/** The kinds of actions that the server offers. */
export const codeActionKinds = [CodeActionKind.QuickFix, fixAllKind];

/** What an action is made from. */
export interface ActionContext {
  readonly document: OpenDocument;
  readonly findings: readonly LocatedFinding[];
  readonly toDiagnostic: (finding: LocatedFinding) => Diagnostic;
  /** Whether the client takes edits that name the version they are for. */
  readonly hasVersionedEdits: boolean;
  readonly commands: readonly string[];
  /** The text with all safe fixes, made only when somebody asks for it. */
  readonly fixedText: () => string;
}

/** Gives the actions for a range: fixes first, then suppressions and explanations. */
export function toCodeActions(params: CodeActionParams, context: ActionContext): CodeAction[] {
  const { only } = params.context;
  const actions: CodeAction[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    const span = toSpan(context.document.text, params.range);
    const touched = context.findings.filter(finding => touches(finding.span, span));
    actions.push(...touched.flatMap(finding => fixActions(finding, context)));
    actions.push(...touched.flatMap(finding => suppressActions(finding, context)));
    actions.push(...explainActions(touched, context));
  }
  // Made only on request: an editor asks for everything at each move of the cursor.
  if (only && wants(only, fixAllKind)) actions.push(...fixAllActions(context));
  return actions;
}

/** A kind stands for itself and all kinds below it; no list stands for all. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return !only || only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`));
}

function fixActions(finding: LocatedFinding, context: ActionContext): CodeAction[] {
  const { fix } = finding;
  if (!fix || fix.edits.length === 0) return [];
  const isSafe = fix.safety === "safe";
  return [
    {
      title: isSafe ? fix.title : titles.review(fix.title, fix.changes),
      kind: CodeActionKind.QuickFix,
      diagnostics: [context.toDiagnostic(finding)],
      ...(isSafe && { isPreferred: true }),
      edit: toWorkspaceEdit(fix.edits, context),
    },
  ];
}

function suppressActions(finding: LocatedFinding, context: ActionContext): CodeAction[] {
  return (["line", "file"] as const).flatMap(reach => {
    const edit = context.document.text.suppressEdit(finding, reach);
    if (!edit) return [];
    return [
      {
        title: titles.suppress(finding.code, reach),
        kind: CodeActionKind.QuickFix,
        diagnostics: [context.toDiagnostic(finding)],
        edit: toWorkspaceEdit([edit], context),
      },
    ];
  });
}

/** One explanation for each rule, and only where the client can show it. */
function explainActions(findings: readonly LocatedFinding[], context: ActionContext): CodeAction[] {
  if (!context.commands.includes(explainCommand)) return [];
  const byName = new Map(findings.map(finding => [finding.name, finding]));
  return [...byName.values()].map(finding => {
    const title = titles.explain(finding.code, finding.name);
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [context.toDiagnostic(finding)],
      command: { title, command: explainCommand, arguments: [finding.name] },
    };
  });
}

function fixAllActions(context: ActionContext): CodeAction[] {
  const { text } = context.document.text;
  const fixed = context.fixedText();
  if (fixed === text) return [];
  const edit = toWorkspaceEdit([changedPart(text, fixed)], context);
  return [{ title: titles.fixAll, kind: fixAllKind, edit }];
}

/** The smallest single replacement that makes one text into the other. */
function changedPart(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const span: Span = { start, end: before.length - tail };
  return { span, text: after.slice(start, after.length - tail) };
}

function toWorkspaceEdit(edits: readonly Edit[], context: ActionContext): WorkspaceEdit {
  const { uri, version, text } = context.document;
  const textEdits = toTextEdits(edits, text);
  return context.hasVersionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] }
    : { changes: { [uri]: textEdits } };
}

function toTextEdits(edits: readonly Edit[], text: OpenText): TextEdit[] {
  const lineEnd = lineEndOf(text.text);
  return edits.map(edit => ({
    range: toRange(text.lines, edit.span),
    newText: withLineEnds(edit, lineEnd).text,
  }));
}
