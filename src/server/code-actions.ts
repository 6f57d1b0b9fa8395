import type { Analysis, LocatedFinding } from "#analyzer";
import { type Edit, touches } from "#base";
import { explainCommand, fixAllKind, notebookFixAllKind } from "#protocol";
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { fixable, type FixAllScope, isNotebook, toFixAllData } from "./fix-all";
import { titles } from "./messages";
import type { Positions } from "./positions";
import { canApply, inProgram, type Part, type Program } from "./program";

/** The kinds of actions that the server offers. */
export const codeActionKinds = [CodeActionKind.QuickFix, fixAllKind, notebookFixAllKind];

/** What actions are made from. */
export interface ActionContext {
  readonly program: Program;
  readonly part: Part;
  readonly analysis: Analysis;
  readonly positions: Positions;
  readonly toDiagnostic: (finding: LocatedFinding) => Diagnostic | null;
  readonly toWorkspaceEdit: (edits: readonly Edit[]) => WorkspaceEdit;
  readonly commands: readonly string[];
  /** Makes the edit that applies all safe fixes of a scope; null when there is none. */
  readonly fixAll: (scope: FixAllScope) => WorkspaceEdit | null;
  /** Whether the client asks for the edit of an action once somebody chose it. */
  readonly canResolveEdit: boolean;
}

/** Gives the actions for a range: fixes first, of one and of all; suppressions; explanations. */
export function toCodeActions(params: CodeActionParams, context: ActionContext): CodeAction[] {
  const { only } = params.context;
  const actions: CodeAction[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    const span = inProgram(context.part, context.positions.toSpan(context.part, params.range));
    const touched = context.analysis.findings.filter(finding => touches(finding.span, span));
    actions.push(...touched.flatMap(finding => fixActions(finding, context)));
    actions.push(...fixRuleActions(touched, context));
    actions.push(...touched.flatMap(finding => suppressActions(finding, context)));
    actions.push(...explainActions(touched, context));
  }
  // Made only on request: an editor asks for everything at each move of the cursor.
  if (only && wants(only, fixAllKind)) actions.push(...fixAllActions("document", context));
  if (only && wants(only, notebookFixAllKind) && isNotebook(context.program)) {
    actions.push(...fixAllActions("notebook", context));
  }
  return actions;
}

/** A kind stands for itself and all kinds below it; no list stands for all. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return !only || only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`));
}

function fixActions(finding: LocatedFinding, context: ActionContext): CodeAction[] {
  const { fix } = finding;
  if (!fix || fix.edits.length === 0 || !canApply(context.program, fix.edits)) return [];
  const isSafe = fix.safety === "safe";
  return [
    {
      title: isSafe ? fix.title : titles.review(fix.title, fix.changes),
      kind: CodeActionKind.QuickFix,
      ...diagnosticsOf(finding, context),
      ...(isSafe && { isPreferred: true }),
      edit: context.toWorkspaceEdit(fix.edits),
    },
  ];
}

/**
 * Offers to fix all findings of a rule where there is more than the one at hand. Only to clients
 * that ask for the edit later, since it takes analyses and this is made at each move of the cursor.
 */
function fixRuleActions(
  touched: readonly LocatedFinding[],
  context: ActionContext,
): readonly CodeAction[] {
  if (!context.canResolveEdit) return [];
  const { program, part, analysis } = context;
  const reach = isNotebook(program) ? "notebook" : "document";
  return [...new Set(touched.map(({ code }) => code))].flatMap(code => {
    const scope: FixAllScope = { reach, code };
    const findings = fixable({ program, part }, analysis, scope);
    const atHand = findings.find(finding => touched.includes(finding));
    if (!atHand || findings.length < 2) return [];
    return [
      {
        title: titles.fixRule(code, reach),
        kind: CodeActionKind.QuickFix,
        ...diagnosticsOf(atHand, context),
        data: toFixAllData(program, part, scope),
      },
    ];
  });
}

function suppressActions(finding: LocatedFinding, context: ActionContext): CodeAction[] {
  return (["line", "file"] as const).flatMap(reach => {
    const edit = context.program.open.suppressEdit(finding, reach);
    if (!edit || !canApply(context.program, [edit])) return [];
    return [
      {
        title: titles.suppress(finding.code, reach),
        kind: CodeActionKind.QuickFix,
        ...diagnosticsOf(finding, context),
        edit: context.toWorkspaceEdit([edit]),
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
      ...diagnosticsOf(finding, context),
      command: { title, command: explainCommand, arguments: [finding.name] },
    };
  });
}

function diagnosticsOf(finding: LocatedFinding, { toDiagnostic }: ActionContext) {
  const diagnostic = toDiagnostic(finding);
  return diagnostic && { diagnostics: [diagnostic] };
}

/** Fixing all takes several analyses: a client that can asks for the edit when it is chosen. */
function fixAllActions(reach: FixAllScope["reach"], context: ActionContext): CodeAction[] {
  const { program, part, analysis } = context;
  const kind = reach === "document" ? fixAllKind : notebookFixAllKind;
  const scope: FixAllScope = { reach, code: null };
  const action: CodeAction = { title: titles.fixAll, kind };
  if (fixable({ program, part }, analysis, scope).length === 0) return [];
  if (context.canResolveEdit) return [{ ...action, data: toFixAllData(program, part, scope) }];
  const edit = context.fixAll(scope);
  return edit ? [{ ...action, edit }] : [];
}
