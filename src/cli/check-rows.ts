import type { Analysis, LocatedFinding } from "#analyzer";
import { type Edit, fingerprint } from "#base";
import type { Fix, Severity } from "#rules";
import { type RowLocation, TextPlaces } from "./text-places";

/** A finding in the shape that readers of Ruff's JSON know, without the file's name. */
export interface CheckRow {
  readonly code: string;
  readonly name: string;
  readonly location: RowLocation;
  readonly end_location: RowLocation;
  readonly message: string;
  readonly severity: Severity;
  readonly fix: RowFix | null;
  /** The cell of a notebook, from 1, in which the places are; null in other files. */
  readonly cell: number | null;
  /** The same for the same code in the same function, wherever it has moved to. */
  readonly identity: string;
}

/** A fix in that shape; `unsafe` is what asks for review. */
export interface RowFix {
  readonly applicability: "safe" | "unsafe";
  readonly message: string;
  readonly edits: readonly {
    readonly content: string;
    readonly location: RowLocation;
    readonly end_location: RowLocation;
  }[];
}

/** Turns offsets of a text into places for people. */
export interface Placement {
  /** The cell of a notebook that holds an offset, from 1; null in other files. */
  cellAt(offset: number): number | null;
  /** The place in the file, or in the cell that holds `inCellOf`. */
  locate(offset: number, inCellOf: number): RowLocation;
}

/** Turns the findings of a text into rows, in the same order. */
export function toRows(
  text: string,
  analysis: Pick<Analysis, "findings">,
  placement = placementOf(text),
): readonly CheckRow[] {
  return analysis.findings.map(finding => toRow(finding, text, placement));
}

/** Gives the places of a text that is a file of its own. */
export function placementOf(text: string): Placement {
  const places = new TextPlaces(text);
  return { cellAt: () => null, locate: offset => places.locate(offset) };
}

function toRow(finding: LocatedFinding, text: string, placement: Placement): CheckRow {
  const { start, end } = finding.span;
  return {
    code: finding.code,
    name: finding.name,
    location: placement.locate(start, start),
    end_location: placement.locate(end, start),
    message: finding.message,
    severity: finding.severity,
    fix: finding.fix ? toRowFix(finding.fix, placement) : null,
    cell: placement.cellAt(start),
    identity: identityOf(finding, text),
  };
}

/** The name of the function around a finding, and a fingerprint of its text but for white space. */
function identityOf({ span, functionSpan }: LocatedFinding, text: string): string {
  const written = text.slice(span.start, span.end).replace(/\s+/g, "");
  const around = functionSpan ? text.slice(functionSpan.start, functionSpan.end) : "";
  const name = /^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)/m.exec(around)?.[1];
  return `${name ?? "-"} ${fingerprint(written)}`;
}

function toRowFix(fix: Fix, placement: Placement): RowFix {
  return {
    applicability: fix.safety === "safe" ? "safe" : "unsafe",
    message: fix.changes === undefined ? fix.title : `${fix.title} (${fix.changes})`,
    edits: fix.edits.map(({ span, text: content }: Edit) => ({
      content,
      location: placement.locate(span.start, span.start),
      end_location: placement.locate(span.end, span.start),
    })),
  };
}
