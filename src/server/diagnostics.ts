import type { Analysis, LocatedFinding } from "#analyzer";
import { fingerprint, type LineMap } from "#base";
import type { Severity } from "#rules";
import {
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentDiagnosticReport,
} from "vscode-languageserver";
import { toRange } from "./ranges";

/** Name under which editors show the diagnostics. */
export const diagnosticSource = "Memory Insights";

/** What the client's editor can show, and where a file's diagnostics point. */
export interface DiagnosticContext {
  readonly uri: string;
  readonly lines: LineMap;
  readonly hasRelatedInformation: boolean;
  readonly rulePageUri: (ruleName: string) => string | null;
}

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Turns the findings of an analysis into diagnostics, in the same order. */
export function toDiagnostics(analysis: Analysis, context: DiagnosticContext): Diagnostic[] {
  return analysis.findings.map(finding => toDiagnostic(finding, context));
}

/** Turns a finding into a diagnostic. */
export function toDiagnostic(finding: LocatedFinding, context: DiagnosticContext): Diagnostic {
  const href = context.rulePageUri(finding.name);
  const related = context.hasRelatedInformation ? (finding.related ?? []) : [];
  return {
    range: toRange(context.lines, finding.span),
    severity: severityOf[finding.severity],
    code: finding.code,
    ...(href !== null && { codeDescription: { href } }),
    source: diagnosticSource,
    message: finding.message,
    ...(related.length > 0 && {
      relatedInformation: related.map(({ span, message }) => ({
        location: { uri: context.uri, range: toRange(context.lines, span) },
        message,
      })),
    }),
    data: { name: finding.name, fix: finding.fix?.safety ?? null },
  };
}

/** Answers a pull: the diagnostics, or that they are those which the client already has. */
export function toReport(
  diagnostics: Diagnostic[],
  previousResultId: string | undefined,
): DocumentDiagnosticReport {
  const resultId = fingerprint(JSON.stringify(diagnostics));
  return resultId === previousResultId
    ? { kind: "unchanged", resultId }
    : { kind: "full", resultId, items: diagnostics };
}
