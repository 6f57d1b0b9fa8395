import {
  analyzeCells,
  cellAt,
  fixCells,
  type NotebookAnalysis,
  type NotebookFile,
  openText,
  passedOverBroken,
  readNotebook,
  writeNotebook,
} from "#analyzer";
import { type Placement, toRows } from "./check-rows";
import { type CheckedText, type FixedText, nothingOf, type TextParts } from "./checked-text";
import { TextPlaces } from "./text-places";

/** Checks a notebook by its text. @throws NotebookError when it is none. */
export function checkNotebook(text: string, parts: TextParts): CheckedText {
  const file = openNotebook(text);
  if (!file.isPython) return nothingOf("foreign");
  const { settings, onRuleFailure } = parts;
  const sources = file.cells.map(({ source }) => source);
  const analysis = analyzeCells(sources, settings, { onRuleFailure });
  const placement = placementIn(file, analysis);
  const rows = toRows(analysis.joined.text, analysis, placement);
  if (!analysis.isBroken) return { rows, brokenAt: null, passedOver: null };
  const passedOver = passedOverBroken(analysis.joined.text);
  if (passedOver !== null) return nothingOf(passedOver);
  const start = openText(analysis.joined.text).errors[0]?.start ?? 0;
  const brokenAt = { ...placement.locate(start, start), cell: placement.cellAt(start) };
  return { rows, brokenAt, passedOver };
}

/** Applies the safe fixes to a notebook; what they do not touch keeps its writing. */
export function fixNotebook(text: string, { settings, onRuleFailure }: TextParts): FixedText {
  const file = openNotebook(text);
  const sources = file.cells.map(({ source }) => source);
  const fixed = fixCells(sources, settings, { safety: "safe", onRuleFailure });
  return { text: writeNotebook(file, fixed.sources), count: fixed.count };
}

/** A file that is called a notebook and is none; the message is for people. */
export class NotebookError extends Error {}

function openNotebook(text: string): NotebookFile {
  const file = readNotebook(text);
  if (typeof file === "string") throw new NotebookError(file);
  return file;
}

/** Places are those of the cell, in which people look for them. */
function placementIn({ cells }: NotebookFile, { joined }: NotebookAnalysis): Placement {
  const places = new Map<number, TextPlaces>();
  const placesOf = (index: number): TextPlaces => {
    const known = places.get(index) ?? new TextPlaces(cells[index]?.source ?? "");
    places.set(index, known);
    return known;
  };
  return {
    cellAt: offset => cells[cellAt(joined, offset)]?.number ?? null,
    locate(offset, inCellOf) {
      const index = cellAt(joined, inCellOf);
      const { source } = cells[index] ?? { source: "" };
      const inCell = Math.min(offset - (joined.starts[index] ?? 0), source.length);
      return placesOf(index).locate(inCell);
    },
  };
}
