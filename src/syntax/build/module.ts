import type { Module } from "../ast";
import type { FlatTree } from "../flat-tree";
import type { Grammar } from "../grammar";
import { compoundStatementBuilders, statementsOf } from "./compound-statements";
import { BuildContext } from "./context";
import { type Builder, expressionBuilders } from "./expressions";
import { literalBuilders } from "./literals";
import { simpleStatementBuilders } from "./simple-statements";

/** Groups whose holders read them; they have no node of their own. */
const group: Builder = () => null;

const builders: ReadonlyMap<string, Builder> = new Map(
  Object.entries({
    ...expressionBuilders,
    ...literalBuilders,
    ...simpleStatementBuilders,
    ...compoundStatementBuilders,
    ...Object.fromEntries(
      [
        "parameters",
        "lambda_parameters",
        "argument_list",
        "keyword_argument",
        "default_parameter",
        "typed_parameter",
        "typed_default_parameter",
        "type_parameter",
        "dotted_name",
        "aliased_import",
        "relative_import",
        "import_prefix",
        "wildcard_import",
        "with_clause",
        "as_pattern",
        "as_pattern_target",
        "elif_clause",
        "else_clause",
        "finally_clause",
        "case_pattern",
        "string_start",
        "string_content",
        "string_end",
        "escape_sequence",
        "escape_interpolation",
        "keyword_separator",
        "positional_separator",
      ].map(type => [type, group]),
    ),
  }),
);

/** Makes nodes of what has no builder and is no token: errors, and what no rule looks at. */
const unknown: Builder = (context, index) => context.unknown(index, context.childNodes(index));

/** Builds the tree of a file from its flat form; from the last node to the first, so without recursion. */
export function buildModule(flat: FlatTree, grammar: Grammar): Module {
  const context = new BuildContext(flat, grammar);
  const byType = grammar.typeNames.map((name, type) =>
    grammar.isNamed[type] ? (builders.get(name) ?? unknown) : group,
  );
  for (let index = flat.size - 1; index > 0; index--) {
    const builder = byType[flat.types[index] ?? 0] ?? unknown;
    if (builder !== group) context.built[index] = builder(context, index);
  }
  const body = statementsOf(context, 0);
  const span = { start: 0, end: flat.text.length };
  return context.makeAt<Module>({ kind: "Module", body }, span, body, flat.broken[0] === 1);
}
