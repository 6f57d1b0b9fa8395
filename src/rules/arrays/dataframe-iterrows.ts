import type { Edit } from "#base";
import { type Model, writtenSpan } from "#semantics";
import { type Call, isA, type Name, type Node, type NodeOf } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { isShortFrame } from "./frames";
import { isStored } from "./stored";

/** The rows of a frame are not there as objects: `iterrows` makes a Series of each. */
export const dataframeIterrows = defineRule({
  meta: {
    name: "dataframe-iterrows",
    code: "MEM604",
    summary: "Loop over the rows of a DataFrame makes a Series of each row",
    severity: "information",
    gains: ["peak", "time"],
  },
  visits: ["For", "ForClause"],
  concerns: ({ iterable }) => isA(iterable, "Call"),

  *check(loop, model) {
    const rows = loop.iterable;
    if (!isA(rows, "Call") || !isA(rows.callee, "Attribute") || rows.args.length > 0) return;
    if (rows.callee.name.text !== "iterrows" || isShortFrame(rows.callee.object)) return;
    const fix = useTuples(loop, rows, model);
    yield {
      span: rows.span,
      message:
        "Every row becomes a Series of its own; `itertuples` is lighter, whole columns lightest",
      ...(fix ? { fix } : {}),
    };
  },
});

/** `row["name"]` becomes `row.name`; null where something else is done with the row. */
function useTuples(loop: NodeOf<"For" | "ForClause">, rows: Call, model: Model): Fix | null {
  if (!isA(loop.target, "Tuple") || !isA(rows.callee, "Attribute")) return null;
  const [index, row, more] = loop.target.elements;
  if (!isA(index, "Name") || !isA(row, "Name") || more) return null;
  const cells = editsOf(row, loop, node => cellEdit(node, model), model);
  const labels = editsOf(index, loop, ({ span }) => ({ span, text: `${row.text}.Index` }), model);
  if (!cells || !labels) return null;
  return {
    title: "Go over tuples",
    safety: "review",
    changes: "a value keeps its column's type, where the Series of a row has one type for all",
    edits: [
      { span: writtenSpan(loop.target, model), text: row.text },
      { span: rows.callee.name.span, text: "itertuples" },
      ...cells,
      ...labels,
    ],
  };
}

/** What becomes of each place where a name is read; null where it is bound or read elsewhere too. */
function editsOf(
  name: Name,
  loop: Node,
  editOf: (read: Name) => Edit | null,
  model: Model,
): readonly Edit[] | null {
  const references = model.bindingOf(name)?.references ?? [];
  const reads = references.filter(each => each.use === "read");
  if (reads.length === 0) return [];
  if (references.length > reads.length + 1) return null;
  const edits: Edit[] = [];
  for (const { node } of reads) {
    // A comprehension's names are its own; after a `for` statement they are still there.
    const isInside = loop.kind === "ForClause" || node.span.end <= loop.span.end;
    const edit = isInside ? editOf(node) : null;
    if (!edit) return null;
    edits.push(edit);
  }
  return edits;
}

/** Names that a tuple's field cannot have: `itertuples` calls such columns `_1`. */
const keywords: ReadonlySet<string> = new Set(
  "and as assert async await break class continue def del elif else except finally for from global"
    .concat(" if import in is lambda nonlocal not or pass raise return try while with yield")
    .concat(" True False None Index")
    .split(" "),
);

function cellEdit(row: Name, model: Model): Edit | null {
  const cell = row.parent;
  if (!isA(cell, "Subscript") || cell.object !== row || !isA(cell.index, "String")) return null;
  const column = cell.index.raw;
  if (column === null || cell.index.prefix !== "") return null;
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(column) || keywords.has(column)) return null;
  // What is written to the row of `iterrows` is lost; a tuple refuses it.
  if (isStored(cell) || model.textOf(cell).includes("\n")) return null;
  return { span: { start: row.span.end, end: cell.span.end }, text: `.${column}` };
}
