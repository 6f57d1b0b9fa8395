import { type Binding, isInFunction, type Model, type Reference } from "#semantics";
import {
  ancestors,
  type Argument,
  type Call,
  enclosingStatement,
  type Expression,
  isA,
  type Name,
  type Node,
} from "#syntax";
import { defineRule } from "../rule";
import { isStored } from "./stored";

/** `read_csv` makes all columns of a file, also those that nobody reads. */
export const csvReadWhole = defineRule({
  meta: {
    name: "csv-read-whole",
    code: "MEM606",
    summary: "All columns of a CSV file are read where only some are used",
    severity: "information",
    gains: ["peak", "time"],
    peers: ["GCI96", "S6740"],
  },
  visits: ["Call"],
  calls: ["read_csv", "read_table"],

  *check(call, model) {
    const name = model.qualifiedName(call.callee);
    if (name !== "pandas.read_csv" && name !== "pandas.read_table") return;
    const last = call.args.at(-1);
    const isInMemory = call.args.some(({ value }) => isA(value, "Call") && isText(value, model));
    if (!last || isInMemory || !call.args.every(isUnderstood)) return;
    const columns = columnsOf(call, model);
    // Who names many columns names most of the file's.
    if (!columns || columns.size === 0 || columns.size > most) return;
    const list = [...columns].map(column => JSON.stringify(column)).join(", ");
    const end = last.span.end;
    yield {
      span: call.span,
      message: `Only ${named(columns.size)} used of this file; \`usecols\` leaves the others unread`,
      fix: {
        title: "Read these columns only",
        safety: "review",
        changes: "a column that is not in the file is an error here, not where it is used",
        edits: [{ span: { start: end, end }, text: `, usecols=[${list}]` }],
      },
    };
  },
});

const most = 6;

function named(count: number): string {
  return count === 1 ? "one column is" : `${count} columns are`;
}

/** Arguments that say how to read the file, and not which columns and rows of it. */
const manners: ReadonlySet<string> = new Set(
  ["comment", "compression", "decimal", "delimiter", "encoding", "encoding_errors", "engine"]
    .concat(["escapechar", "filepath_or_buffer", "keep_default_na", "low_memory", "memory_map"])
    .concat(["na_values", "on_bad_lines", "quotechar", "quoting", "sep", "skipinitialspace"])
    .concat(["skiprows", "storage_options", "thousands"]),
);

function isUnderstood({ shape, name }: Argument, index: number): boolean {
  return (shape === "positional" && index === 0) || (name !== null && manners.has(name.text));
}

function isText({ callee }: Call, model: Model): boolean {
  return /^io\.(StringIO|BytesIO)$/.test(model.qualifiedName(callee) ?? "");
}

function columnsOf(call: Call, model: Model): ReadonlySet<string> | null {
  const { parent } = call;
  if (isA(parent, "Subscript") && parent.object === call) return literals(parent.index);
  if (!isA(parent, "Assign") || parent.targets.length > 1) return null;
  const [target] = parent.targets;
  const binding = isA(target, "Name") ? model.bindingOf(target) : null;
  if (!binding || !isClosed(binding, parent, model)) return null;
  return columnsRead(binding, parent, model);
}

/** Whether nothing outside of the file's own main part or of the function can know a name. */
function isClosed(binding: Binding, statement: Node, model: Model): boolean {
  if (binding.scope.kind === "function") return true;
  return [...ancestors(statement)].some(
    each => each.kind === "If" && /^__name__ == .__main__.$/.test(model.textOf(each.test)),
  );
}

/** The columns that the file has to have; null where something else is done with the frame. */
function columnsRead(binding: Binding, made: Node, model: Model): ReadonlySet<string> | null {
  const read = new Set<string>();
  const own = new Set<string>();
  for (const reference of binding.references) {
    const { node, use } = reference;
    if (use === "delete" || node.parent === made) continue;
    if (use !== "read" || !isInFunction(reference)) return null;
    if (isMeasured(node, model)) continue;
    const stored = storedColumn(reference);
    const columns = stored === null ? usedColumns(node) : [stored];
    if (!columns) return null;
    if (stored !== null && !read.has(stored)) {
      const isReadInValue = readsColumn(enclosingStatement(node), binding, stored, model);
      if (isReadInValue) read.add(stored);
      else if (enclosingStatement(node).parent === made.parent) own.add(stored);
      else return null;
    }
    for (const column of columns) if (!own.has(column)) read.add(column);
  }
  return read;
}

/** `len(frame)`, `frame.index` or `frame.shape[0]`. */
function isMeasured(frame: Name, model: Model): boolean {
  const { parent } = frame;
  if (isA(parent, "Argument")) {
    return isA(parent.parent, "Call") && model.builtinName(parent.parent.callee) === "len";
  }
  if (!isA(parent, "Attribute")) return false;
  if (parent.name.text === "index") return true;
  return (
    parent.name.text === "shape" &&
    isA(parent.parent, "Subscript") &&
    isA(parent.parent.index, "Number") &&
    parent.parent.index.text === "0"
  );
}

/** `"total"` of `frame["total"] = …`; null where a name is not stored into. */
function storedColumn({ node }: Reference): string | null {
  const cell = node.parent;
  if (!isA(cell, "Subscript") || cell.object !== node) return null;
  const statement = cell.parent;
  if (!isA(statement, "Assign") || !statement.targets.some(target => target === cell)) return null;
  const [column, more] = literals(cell.index) ?? [];
  return more === undefined ? (column ?? null) : null;
}

/** Whether `frame["a"] = frame["a"] * 2` reads the column that it replaces. */
function readsColumn(statement: Node, binding: Binding, column: string, model: Model): boolean {
  if (!isA(statement, "Assign")) return false;
  const { start } = statement.value.span;
  return binding.references.some(({ node }) => {
    if (node.span.start < start || node.span.end > statement.span.end) return false;
    return model.bindingOf(node) === binding && (usedColumns(node)?.has(column) ?? false);
  });
}

/** The columns of `frame["a"]`, `frame[["a", "b"]]`, `frame.loc[rows, "a"]`, `frame.groupby("a")["b"]`. */
function usedColumns(frame: Name): ReadonlySet<string> | null {
  const { parent } = frame;
  if (isA(parent, "Subscript") && parent.object === frame) {
    return isStored(parent) ? null : literals(parent.index);
  }
  if (!isA(parent, "Attribute")) return null;
  const { parent: outer } = parent;
  if (parent.name.text === "loc" && isA(outer, "Subscript") && isA(outer.index, "Tuple")) {
    const column = outer.index.elements[1];
    return column && !isStored(outer) ? literals(column) : null;
  }
  if (parent.name.text !== "groupby" || !isA(outer, "Call")) return null;
  const [keys, more] = outer.args;
  if (!keys || more || !isA(outer.parent, "Subscript") || outer.parent.object !== outer)
    return null;
  const [by, of] = [literals(keys.value), literals(outer.parent.index)];
  return by && of && new Set([...by, ...of]);
}

/** The texts of `"a"` or `["a", "b"]`; null of anything else. */
function literals(index: Expression): ReadonlySet<string> | null {
  const texts = new Set<string>();
  for (const each of isA(index, "List") ? index.elements : [index]) {
    if (!isA(each, "String") || each.raw === null || each.isBytes) return null;
    if (each.raw.includes("\\") || each.prefix !== "") return null;
    texts.add(each.raw);
  }
  return texts;
}
