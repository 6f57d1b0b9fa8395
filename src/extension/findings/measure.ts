import { type Evidence, evidenceFor, fileKey, type LineRange } from "#evidence";
import type { Profile } from "#profile";
import type { FileFindings, LanguageFinding, LanguageRange } from "#protocol";

/** A finding with what a run says of it; `evidence` is null before any run. */
export interface MeasuredFinding {
  readonly uri: string;
  /** Absolute path; null where the document is no file on disk, so no run can have met it. */
  readonly path: string | null;
  readonly finding: LanguageFinding;
  readonly evidence: Evidence | null;
}

/** Joins findings with a run, the most bytes first, then by file and place. */
export function measureFindings(
  files: readonly FileFindings[],
  profile: Profile | null,
  pathOf: (uri: string) => string | null,
): readonly MeasuredFinding[] {
  return files.flatMap(file => measureFile(file, profile, pathOf(file.uri))).sort(byBytes);
}

function measureFile(
  file: FileFindings,
  profile: Profile | null,
  path: string | null,
): readonly MeasuredFinding[] {
  const isStale = profile !== null && path !== null && isOtherText(file, profile, path);
  return file.findings.map(finding => ({
    uri: file.uri,
    path,
    finding,
    evidence: profile && path !== null ? evidenceOf(finding, profile, path, isStale) : null,
  }));
}

/** Whether the text that was analysed is another one than the text that ran. */
function isOtherText(file: FileFindings, profile: Profile, path: string): boolean {
  const key = fileKey(path);
  const ran = profile.files.find(candidate => fileKey(candidate.path) === key);
  return typeof ran?.fingerprint === "string" && ran.fingerprint !== file.fingerprint;
}

function evidenceOf(
  finding: LanguageFinding,
  profile: Profile,
  file: string,
  isStale: boolean,
): Evidence {
  const lines = (finding.allocations.length > 0 ? finding.allocations : [finding.range]).map(
    toLines,
  );
  const enclosing = finding.functionRange && toLines(finding.functionRange);
  return evidenceFor({ file, lines, enclosing }, profile, { isStale });
}

/** Lines from 1, inclusive; a range that ends before a line's first character leaves that line out. */
function toLines({ start, end }: LanguageRange): LineRange {
  const endsAbove = end.character === 0 && end.line > start.line;
  return { first: start.line + 1, last: endsAbove ? end.line : end.line + 1 };
}

function byBytes(a: MeasuredFinding, b: MeasuredFinding): number {
  return (
    bytesOf(b) - bytesOf(a) ||
    rankOf(a) - rankOf(b) ||
    a.uri.localeCompare(b.uri) ||
    a.finding.range.start.line - b.finding.range.start.line ||
    a.finding.range.start.character - b.finding.range.start.character
  );
}

function bytesOf({ evidence }: MeasuredFinding): number {
  return evidence?.bytes ?? 0;
}

/** What ran comes before what did not, so that the interesting end of the list is its top. */
function rankOf({ evidence }: MeasuredFinding): number {
  const order = ["confirmed", "stale", "small", "unknown", "not-executed"];
  return evidence ? order.indexOf(evidence.state) : 0;
}
