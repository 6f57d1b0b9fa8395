import type { Edit } from "#base";
import { type Model } from "#semantics";
import { type Call, type Expression, isA, type Node } from "#syntax";
import { defineRule, type Fix } from "../rule";

/** A column of a few texts, each written once in the code, holds a text for every row. */
export const objectColumnOfFewValues = defineRule({
  meta: {
    name: "object-column-of-few-values",
    code: "MEM607",
    summary: "Column of a few texts holds a text or a pointer for every row",
    severity: "hint",
    gains: ["retained"],
  },
  visits: ["Assign"],
  concerns: ({ targets: [column] }) => isA(column, "Subscript"),

  *check({ targets, value }, model) {
    const [column, second] = targets;
    if (second || !isA(column, "Subscript") || !isA(column.index, "String")) return;
    const form = formOf(value, model);
    if (!form || (form === "array" && !isFrame(column.object, model))) return;
    const edits = form === "column" ? appended(value) : wrapped(value, model);
    yield {
      span: value.span,
      message: "This column has a few texts only; as a category it is one byte per row",
      ...(edits ? { fix: makeCategory(edits) } : {}),
    };
  },
});

/** Whether a value made of a few texts is a column of pandas already or something to make one of. */
function formOf(value: Expression, model: Model): "column" | "array" | null {
  if (isA(value, "ListComprehension")) return isChoice(value.element) ? "array" : null;
  if (!isA(value, "Call")) return null;
  const name = model.qualifiedName(value.callee);
  if (name === "numpy.where") return isWhere(value, model) ? "array" : null;
  if (name === "numpy.select") return isSelect(value) ? "array" : null;
  if (name !== null || !isA(value.callee, "Attribute")) return null;
  return isMapping(value, value.callee.name.text) ? "column" : null;
}

function isText(value: Expression | undefined): boolean {
  return isA(value, "String") && !value.isBytes && value.interpolations.length === 0;
}

/** `"a" if x else "b"`, or more of them. */
function isChoice(value: Expression): boolean {
  if (!isA(value, "Conditional")) return false;
  return [value.body, value.orElse].every(each => isText(each) || isChoice(each));
}

/** `np.where(test, "a", "b")`, or with another one inside. */
function isWhere({ args }: Call, model: Model): boolean {
  const [, yes, no, more] = args;
  if (!yes || !no || more) return false;
  return [yes.value, no.value].every(
    each =>
      isText(each) ||
      (isA(each, "Call") &&
        model.qualifiedName(each.callee) === "numpy.where" &&
        isWhere(each, model)),
  );
}

function isSelect({ args }: Call): boolean {
  const choices = args[1]?.value;
  const other = args.find(({ name }) => name?.text === "default") ?? args[2];
  if (!isA(choices, "List") || !isText(other?.value)) return false;
  return choices.elements.every(isText);
}

/** `.map({1: "a", 2: "b"})`, or `.map` and `.apply` of a function that gives one of a few texts. */
function isMapping({ args }: Call, method: string): boolean {
  const [given, more] = args;
  if (!given || more || (method !== "map" && method !== "apply")) return false;
  const { value } = given;
  if (isA(value, "Lambda")) return isChoice(value.body);
  if (method !== "map" || !isA(value, "Dict") || value.entries.length === 0) return false;
  return value.entries.every(entry => entry.key !== null && isText(entry.value));
}

/** Names that frames have and dicts of arrays have not. */
const frameMembers: ReadonlySet<string> = new Set(
  ["assign", "at", "columns", "describe", "drop", "dropna", "dtypes", "groupby", "head", "iloc"]
    .concat(["isna", "iterrows", "itertuples", "loc", "melt", "merge", "query", "reset_index"])
    .concat(["set_index", "sort_values", "to_csv", "to_excel", "to_parquet"]),
);

function isFrame(owner: Expression, model: Model): boolean {
  if (model.typeOf(owner) === "DataFrame") return true;
  const references = isA(owner, "Name") ? (model.bindingOf(owner)?.references ?? []) : [];
  return references.some(
    ({ node }) => isA(node.parent, "Attribute") && frameMembers.has(node.parent.name.text),
  );
}

function makeCategory(edits: readonly Edit[]): Fix {
  return {
    title: "Make it a category",
    safety: "review",
    changes:
      "no other text can be stored in the column then, and grouping by it gives unused ones too",
    edits,
  };
}

function appended({ span }: Node): readonly Edit[] {
  return [{ span: { start: span.end, end: span.end }, text: '.astype("category")' }];
}

/** Null where pandas has no name in the file. */
function wrapped({ span }: Node, model: Model): readonly Edit[] | null {
  const pandas = [...model.moduleScope.bindings.values()].find(({ references }) =>
    references.every(({ use, by }) => use === "read" || (isA(by, "ImportAlias") && isPandas(by))),
  );
  if (!pandas) return null;
  return [
    { span: { start: span.start, end: span.start }, text: `${pandas.name}.Categorical(` },
    { span: { start: span.end, end: span.end }, text: ")" },
  ];
}

function isPandas({
  name,
  parent,
}: {
  readonly name: string;
  readonly parent: Node | null;
}): boolean {
  return name === "pandas" && isA(parent, "Import");
}
