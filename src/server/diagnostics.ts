import type { Analysis, LocatedFinding } from "#analyzer";
import { fingerprint, type Span } from "#base";
import { diagnosticSource } from "#protocol";
import { rules, type Severity } from "#rules";
import {
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentDiagnosticReport,
  type Location,
} from "vscode-languageserver";
import type { Positions } from "./positions";
import { beginsIn, type Part, placeOf, type Program } from "./program";

/** What the client can show, and where the diagnostics point. */
export interface DiagnosticContext {
  readonly program: Pick<Program, "parts">;
  readonly positions: Positions;
  readonly hasRelatedInformation: boolean;
  readonly rulePageUri: (ruleName: string) => string | null;
}

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Turns the findings that begin in a part into its diagnostics, in the same order. */
export function toDiagnostics(
  analysis: Analysis,
  part: Part,
  context: DiagnosticContext,
): Diagnostic[] {
  return analysis.findings.flatMap(finding =>
    beginsIn(part, finding.span) ? (toDiagnostic(finding, context) ?? []) : [],
  );
}

/** Turns a finding into a diagnostic; null when it is not wholly in one part. */
export function toDiagnostic(
  finding: LocatedFinding,
  context: DiagnosticContext,
): Diagnostic | null {
  const location = toLocation(finding.span, context);
  if (!location) return null;
  const href = context.rulePageUri(finding.name);
  const related = context.hasRelatedInformation
    ? (finding.related ?? []).flatMap(({ span, message }) => {
        const there = toLocation(span, context);
        return there ? [{ location: there, message }] : [];
      })
    : [];
  return {
    range: location.range,
    severity: severityOf[finding.severity],
    code: finding.code,
    ...(href !== null && { codeDescription: { href } }),
    source: diagnosticSource,
    message: finding.message,
    ...(related.length > 0 && { relatedInformation: related }),
    data: {
      name: finding.name,
      fix: finding.fix?.safety ?? null,
      ...peersOf(finding.name),
    },
  };
}

/** How others call what a rule reports, by the rule's name. */
const peers = new Map(rules.flatMap(({ meta }) => (meta.peers ? [[meta.name, meta.peers]] : [])));

function peersOf(ruleName: string): { readonly peers?: readonly string[] } {
  const known = peers.get(ruleName);
  return known ? { peers: known } : {};
}

function toLocation(span: Span, { program, positions }: DiagnosticContext): Location | null {
  const place = placeOf(program, span);
  return place && { uri: place.part.uri, range: positions.toRange(place.part, place.span) };
}

/** Names diagnostics by their content: equal ones have an equal name. */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  return fingerprint(JSON.stringify(diagnostics));
}

/** Answers a pull: the diagnostics, or that they are those which the client already has. */
export function toReport(
  diagnostics: Diagnostic[],
  previousResultId: string | undefined,
): DocumentDiagnosticReport {
  const resultId = resultIdOf(diagnostics);
  return resultId === previousResultId
    ? { kind: "unchanged", resultId }
    : { kind: "full", resultId, items: diagnostics };
}
