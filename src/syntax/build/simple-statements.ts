import type {
  AnnotatedAssign,
  Assert,
  Assign,
  AugmentedAssign,
  Break,
  Continue,
  Delete,
  ExpressionStatement,
  Global,
  Import,
  ImportAlias,
  ImportFrom,
  Name,
  Nonlocal,
  Pass,
  Raise,
  Return,
  Tuple,
  TypeAlias,
} from "../ast";
import type { BuildContext } from "./context";
import { isExpression } from "./context";
import { type Builder, expressionsOf } from "./expressions";

/** Statements that hold no other statements. */

const expressionStatement: Builder = (context, index) => {
  const nodes = context.childNodes(index);
  const [first] = nodes;
  if (!first) return context.unknown(index, []);
  if (nodes.length === 1 && !isExpression(first)) return first;
  const elements = nodes.filter(isExpression);
  // `a, b` without parentheses, or `a,`: a tuple that the grammar does not name.
  const isTuple = nodes.length > 1 || context.hasToken(index, ",");
  const value = isTuple ? context.make<Tuple>({ kind: "Tuple", elements }, index, elements) : first;
  if (!isExpression(value)) return context.unknown(index, nodes);
  return context.make<ExpressionStatement>({ kind: "ExpressionStatement", value }, index, [value]);
};

const assignment: Builder = (context, index) => {
  const left = context.fieldExpression(index, "left");
  const annotation = context.optionalExpression(index, "type");
  const right = context.fieldNode(index, "right");
  if (annotation) {
    const value = right && isExpression(right) ? right : null;
    const fields = { kind: "AnnotatedAssign" as const, target: left, annotation, value };
    return context.make<AnnotatedAssign>(fields, index, [left, annotation, value]);
  }
  if (right?.kind === "Assign") {
    const targets = [left, ...right.targets];
    const fields = { kind: "Assign" as const, targets, value: right.value };
    return context.make<Assign>(fields, index, [...targets, right.value]);
  }
  if (!right || !isExpression(right)) return context.unknown(index, right ? [left, right] : [left]);
  const fields = { kind: "Assign" as const, targets: [left], value: right };
  return context.make<Assign>(fields, index, [left, right]);
};

const augmentedAssignment: Builder = (context, index) => {
  const target = context.fieldExpression(index, "left");
  const token = context.fieldIndex(index, "operator");
  const operator = token < 0 ? "" : context.text(token);
  const value = context.fieldExpression(index, "right");
  const fields = { kind: "AugmentedAssign" as const, target, operator, value };
  return context.make<AugmentedAssign>(fields, index, [target, value]);
};

const returned: Builder = (context, index) => {
  const [value = null] = expressionsOf(context, index);
  return context.make<Return>({ kind: "Return", value }, index, [value]);
};

const deleted: Builder = (context, index) => {
  const [only] = expressionsOf(context, index);
  const isList = context.typeIndex(index, "expression_list") >= 0;
  const targets = isList && only?.kind === "Tuple" ? only.elements : only ? [only] : [];
  return context.make<Delete>({ kind: "Delete", targets }, index, targets);
};

const raised: Builder = (context, index) => {
  const cause = context.optionalExpression(index, "cause");
  const exception = expressionsOf(context, index).find(node => node !== cause) ?? null;
  return context.make<Raise>({ kind: "Raise", exception, cause }, index, [exception, cause]);
};

const asserted: Builder = (context, index) => {
  const [test, message = null] = expressionsOf(context, index);
  if (!test) return context.unknown(index, []);
  return context.make<Assert>({ kind: "Assert", test, message }, index, [test, message]);
};

const imported: Builder = (context, index) => {
  const names = importAliases(context, index);
  return context.make<Import>({ kind: "Import", names }, index, names);
};

const importedFrom: Builder = (context, index) => {
  const from = context.fieldIndex(index, "module_name");
  const written = from < 0 ? "" : context.text(from).replace(/\s|\\/g, "");
  const module = written.replace(/^\.+/, "");
  const names = importAliases(context, index);
  const isStar = context.typeIndex(index, "wildcard_import") >= 0;
  const level = written.length - module.length;
  const fields = { kind: "ImportFrom" as const, module, level, names, isStar };
  return context.make<ImportFrom>(fields, index, names);
};

const importedFuture: Builder = (context, index) => {
  const names = importAliases(context, index);
  const fields = { kind: "ImportFrom" as const, module: "__future__", level: 0, names };
  return context.make<ImportFrom>({ ...fields, isStar: false }, index, names);
};

function importAliases(context: BuildContext, index: number): ImportAlias[] {
  return context.fieldIndices(index, "name").map(part => importAlias(context, part));
}

function importAlias(context: BuildContext, index: number): ImportAlias {
  const isAliased = context.typeName(index) === "aliased_import";
  const dotted = isAliased ? context.fieldIndex(index, "name") : index;
  const name = context.text(dotted).replace(/\s|\\/g, "");
  const [first] = context.childIndices(dotted);
  const binds = isAliased
    ? context.fieldName(index, "alias")
    : context.name(first === undefined ? dotted : first);
  const fields = { kind: "ImportAlias" as const, name, binds, hasAlias: isAliased };
  return context.make<ImportAlias>(fields, index, [binds]);
}

const scopeStatement =
  (kind: "Global" | "Nonlocal"): Builder =>
  (context, index) => {
    const names = context.childNodes(index).filter((node): node is Name => node.kind === "Name");
    return context.make<Global | Nonlocal>({ kind, names }, index, names);
  };

const keyword =
  (kind: "Pass" | "Break" | "Continue"): Builder =>
  (context, index) =>
    context.make<Pass | Break | Continue>({ kind }, index, []);

const typeAlias: Builder = (context, index) => {
  const name = context.fieldExpression(index, "left");
  const value = context.fieldExpression(index, "right");
  return context.make<TypeAlias>({ kind: "TypeAlias", name, value }, index, [name, value]);
};

export const simpleStatementBuilders: Readonly<Record<string, Builder>> = {
  expression_statement: expressionStatement,
  assignment,
  augmented_assignment: augmentedAssignment,
  return_statement: returned,
  delete_statement: deleted,
  raise_statement: raised,
  assert_statement: asserted,
  import_statement: imported,
  import_from_statement: importedFrom,
  future_import_statement: importedFuture,
  global_statement: scopeStatement("Global"),
  nonlocal_statement: scopeStatement("Nonlocal"),
  pass_statement: keyword("Pass"),
  break_statement: keyword("Break"),
  continue_statement: keyword("Continue"),
  type_alias_statement: typeAlias,
};
