import { isSameExpression, type Model } from "#semantics";
import { type Call, type Expression, isA, type Node, walk } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { isReopenedBy, isUsedBy, opening } from "../strings/open-file";
import { whileRead, whileReadLater } from "./consumption";
import { dropCall, listedSource } from "./drop-call";
import { valueBoundOnce } from "./value-bound-once";

const readers: ReadonlySet<string> = new Set(["csv.reader", "csv.DictReader"]);

/** A list of all rows of a CSV file that is read once holds every cell while one row is needed. */
export const csvRowsListed = defineRule({
  meta: {
    name: "csv-rows-listed",
    code: "MEM118",
    summary: "All rows of a CSV file are kept in a list that is only iterated once",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: ["list", "tuple"],

  *check(list, model) {
    if (list.args.length !== 1) return;
    const rows = listedSource(list, model);
    const reader = rows && readerOf(rows, model);
    if (!rows || !reader) return;
    const meanwhile = whileRead(list, model) ?? whileReadLater(list, model);
    if (!meanwhile || isNeeded(rows, reader, meanwhile, model)) return;
    yield {
      span: list.span,
      message: "This list holds all rows of the file; iterating the reader holds one row at a time",
      fix: iterateReader(list),
    };
  },
});

/** The call that made the reader which an expression stands for. */
function readerOf(rows: Expression, model: Model): Call | null {
  const value = isA(rows, "Name") ? valueBoundOnce(rows, model) : rows;
  if (!isA(value, "Call")) return null;
  return readers.has(model.qualifiedName(value.callee) ?? "") ? value : null;
}

/** Whether the file, or the reader's line number, is used while the rows are: then all must be read. */
function isNeeded(
  rows: Expression,
  reader: Call,
  meanwhile: readonly Node[],
  model: Model,
): boolean {
  const source = reader.args[0]?.value;
  if (!source) return true;
  const opened = opening(source, model);
  return meanwhile.some(
    part =>
      isUsedBy(part, source, model) ||
      mentions(part, rows) ||
      (opened !== null && isReopenedBy(part, opened.call, model)),
  );
}

function mentions(part: Node, rows: Expression): boolean {
  for (const node of walk(part)) if (node !== rows && isSameExpression(node, rows)) return true;
  return false;
}

function iterateReader(list: Call): Fix {
  return {
    title: "Iterate the reader",
    safety: "review",
    changes: "rows are read while the loop runs, so an error in the file shows in the middle of it",
    edits: dropCall(list),
  };
}
