import { type Evidence, evidenceFor, fileKey, type FindingPlace, type LineRange } from "#evidence";
import type { Profile } from "#profile";
import type { FileFindings, LanguageFinding, LanguageRange } from "#protocol";
import type { LineBefore } from "./moved-lines";

/** A finding with what a run says of it; `evidence` is null before any run. */
export interface MeasuredFinding {
  readonly uri: string;
  /** Absolute path, or what the run calls a cell; null for what no run can have met. */
  readonly path: string | null;
  readonly finding: LanguageFinding;
  readonly evidence: Evidence | null;
}

/** What the editor knows of the files that findings are in. */
export interface FilesOfFindings {
  /** Absolute path of a document, or what the run calls a cell; null for what no run can have met. */
  readonly pathOf: (uri: string) => string | null;
  /** Where the lines of a text that changed since the run were then; null when that is not known. */
  readonly linesBefore: (uri: string) => LineBefore | null;
}

/** Joins findings with a run, the most bytes first, then by file and place. */
export function measureFindings(
  files: readonly FileFindings[],
  profile: Profile | null,
  known: FilesOfFindings,
): readonly MeasuredFinding[] {
  return files.flatMap(file => measureFile(file, profile, known)).sort(byBytes);
}

function measureFile(
  file: FileFindings,
  profile: Profile | null,
  { pathOf, linesBefore }: FilesOfFindings,
): readonly MeasuredFinding[] {
  const { uri } = file;
  const path = pathOf(uri);
  if (!profile || path === null) {
    return file.findings.map(finding => ({ uri, path, finding, evidence: null }));
  }
  const isStale = isOtherText(file, profile, path);
  const before = isStale ? (linesBefore(uri) ?? noLine) : sameLine;
  return file.findings.map(finding => {
    const place = placeOf(finding, path, before);
    return { uri, path, finding, evidence: evidenceFor(place, profile, { isStale }) };
  });
}

const sameLine: LineBefore = line => line;
/** Figures of a line that may be another one would be worse than none. */
const noLine: LineBefore = () => null;

/** Whether the text that was analysed is another one than the text that ran. */
function isOtherText(file: FileFindings, profile: Profile, path: string): boolean {
  const key = fileKey(path);
  const ran = profile.files.find(candidate => fileKey(candidate.path) === key);
  return typeof ran?.fingerprint === "string" && ran.fingerprint !== file.fingerprint;
}

function placeOf(finding: LanguageFinding, file: string, before: LineBefore): FindingPlace {
  const { allocations, range, functionRange, saves } = finding;
  const lines = (allocations.length > 0 ? allocations : [range])
    .map(toLines)
    .map(({ first, last }) => ({ first: before(first), last: before(last) }))
    .filter((moved): moved is LineRange => moved.first !== null && moved.last !== null);
  return { file, lines, saves, enclosing: functionRange && toLines(functionRange) };
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
  const order = ["confirmed", "stale", "small", "unknown", "not-executed", "not-loaded"];
  return evidence ? order.indexOf(evidence.state) : 0;
}
