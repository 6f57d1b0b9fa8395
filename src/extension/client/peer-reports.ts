import type { Milliseconds } from "#base";

/** What another extension reports, as far as it matters here. Lines are from 0, inclusive. */
export interface PeerReport {
  readonly codes: readonly string[];
  readonly first: number;
  readonly last: number;
}

/** A finding and the codes under which others report the same. */
export interface ReportedElsewhere {
  readonly peers: readonly string[];
  readonly first: number;
  readonly last: number;
}

/** A replacement of lines `first` to `last` by text with `breaks` line ends. */
export interface LineChange {
  readonly first: number;
  readonly last: number;
  readonly breaks: number;
}

/**
 * How long a report counts that another extension takes back. Most clear theirs at each keystroke
 * and bring them again; without it a finding would come and go with them.
 */
export const graceMs: Milliseconds = 1500;

/** A report with the time at which it stops to count; null while it stands. */
type Kept = PeerReport & { readonly until: Milliseconds | null };

/** What other extensions report of one document, carried along while it is edited. */
export class PeerReports {
  #reports: readonly Kept[] = [];

  /** Takes what is reported now. Gives whether that changes anything by itself. */
  update(reports: readonly PeerReport[], now: Milliseconds): boolean {
    const isSame = (a: PeerReport) => (b: PeerReport) =>
      a.first === b.first && a.last === b.last && a.codes.join() === b.codes.join();
    const before = this.#reports;
    const gone = before
      .filter(report => !reports.some(isSame(report)))
      .map(report => ({ ...report, until: report.until ?? now + graceMs }))
      .filter(({ until }) => until > now);
    this.#reports = [...reports.map(report => ({ ...report, until: null })), ...gone];
    return (
      this.#reports.length !== before.length || reports.some(report => !before.some(isSame(report)))
    );
  }

  /** Moves the reports below a change as the editor moves its text. */
  edit({ first, last, breaks }: LineChange): void {
    const delta = breaks - (last - first);
    if (delta === 0) return;
    const move = (line: number) => (line > last ? line + delta : Math.min(line, first + breaks));
    this.#reports = this.#reports.map(report =>
      report.last < first
        ? report
        : {
            ...report,
            first: report.first < first ? report.first : move(report.first),
            last: move(report.last),
          },
    );
  }

  /** Whether another extension reports the same at the lines of a finding. */
  covers({ peers, first, last }: ReportedElsewhere): boolean {
    return this.#reports.some(
      report =>
        report.first <= last &&
        first <= report.last &&
        report.codes.some(code => peers.includes(code)),
    );
  }

  /** When a report next stops to count, so that findings must be looked at again; null for never. */
  nextEnd(): Milliseconds | null {
    const ends = this.#reports.flatMap(({ until }) => until ?? []);
    return ends.length > 0 ? Math.min(...ends) : null;
  }

  get isEmpty(): boolean {
    return this.#reports.length === 0;
  }
}

/**
 * Gives the codes that a diagnostic's code may stand for: Ruff writes `B006`, Pylint
 * `W0102:dangerous-default-value` or one of the two, Sonar `python:S5717`.
 */
export function codesOf(code: unknown): readonly string[] {
  const value: unknown =
    typeof code === "object" && code !== null && "value" in code ? code.value : code;
  if (typeof value !== "string" && typeof value !== "number") return [];
  return String(value)
    .split(/[:\s()]+/)
    .filter(part => part !== "");
}
