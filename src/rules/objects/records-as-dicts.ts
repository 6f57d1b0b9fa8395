import type { Binding, Model } from "#semantics";
import { type Dict, type Expression, isA, type Name } from "#syntax";
import { defineRule } from "../rule";
import { isKeptInNumbers } from "./many-made";

/** With one key a dict is a wrapper; that is another question. */
const fewestKeys = 2;

/** Each dict brings a table of its own for the keys that all of them have. */
export const recordsAsDicts = defineRule({
  meta: {
    name: "records-as-dicts",
    code: "MEM504",
    summary: "Records of the same fields are kept as one dict each",
    severity: "information",
    gains: ["retained"],
  },
  visits: ["Dict"],
  concerns: ({ entries }) => entries.length >= fewestKeys,

  *check(dict, model) {
    if (dict.entries.length < fewestKeys) return;
    const list = listOf(dict);
    if (!list || !dict.entries.every(entry => isFieldName(entry.key))) return;
    if (!isKeptInNumbers(dict, model)) return;
    const binding = model.bindingOf(list);
    if (binding?.scope.kind !== "function" || !holdsRecords(binding, dict, model)) return;
    yield {
      span: dict.span,
      message: "Each dict brings its own table of the same keys; a class with slots needs far less",
    };
  },
});

/** The name of the list that a comprehension or an `append` puts a dict into. */
function listOf(dict: Dict): Name | null {
  const holder = dict.parent;
  if (isA(holder, "ListComprehension") && holder.element === dict) {
    const by = holder.parent;
    const [target, second] = isA(by, "Assign") ? by.targets : [];
    return isA(target, "Name") && !second ? target : null;
  }
  const call = isA(holder, "Argument") ? holder.parent : null;
  if (!isA(call, "Call") || !isA(call.callee, "Attribute")) return null;
  const { name, object } = call.callee;
  return name.text === "append" && isA(object, "Name") ? object : null;
}

function isFieldName(key: Expression | null): boolean {
  return isA(key, "String") && !key.isBytes && /^[A-Za-z_]\w*$/.test(key.raw ?? "");
}

/** Whether every use of the list is one that a list of objects could serve, and one looks inside. */
function holdsRecords({ references }: Binding, dict: Dict, model: Model): boolean {
  let isReadByField = false;
  for (const { node, use, by } of references) {
    if (use === "write") {
      const value = isA(by, "Assign") ? by.value : null;
      if (value !== dict.parent && !(isA(value, "List") && value.elements.length === 0)) {
        return false;
      }
      continue;
    }
    const isByField = isReadByFields(node, model);
    if (!isByField && !isCounted(node, model) && !isSameAppend(node, dict)) return false;
    isReadByField ||= isByField;
  }
  return isReadByField;
}

/** `len(rows)` and `if rows`. */
function isCounted({ parent }: Name, model: Model): boolean {
  if (isA(parent, "If", "While")) return true;
  const call = isA(parent, "Argument") ? parent.parent : null;
  return isA(call, "Call") && model.builtinName(call.callee) === "len";
}

function isSameAppend(name: Name, dict: Dict): boolean {
  const call = isA(dict.parent, "Argument") ? dict.parent.parent : null;
  return isA(call, "Call") && isA(call.callee, "Attribute") && call.callee.object === name;
}

function isReadByFields(list: Name, model: Model): boolean {
  const holder = list.parent;
  if (isA(holder, "Subscript") && holder.object === list) return isFieldOf(holder);
  if (isA(holder, "For", "ForClause") && holder.iterable === list) {
    return isA(holder.target, "Name") && isUsedByFields(holder.target, model);
  }
  return isSortedByField(list, model);
}

/** `rows.sort(key=lambda row: row["name"])`. */
function isSortedByField({ parent }: Name, model: Model): boolean {
  const call = isA(parent, "Attribute") && parent.name.text === "sort" ? parent.parent : null;
  const [key, second] = isA(call, "Call") ? call.args : [];
  if (key?.name?.text !== "key" || second || !isA(key.value, "Lambda")) return false;
  const [parameter] = key.value.parameters;
  return parameter !== undefined && isUsedByFields(parameter.name, model);
}

function isUsedByFields(target: Name, model: Model): boolean {
  const references = model.bindingOf(target)?.references ?? [];
  return references.every(
    ({ node, use }) => node === target || (use === "read" && isFieldOf(node)),
  );
}

/** `row["name"]`, read or set. */
function isFieldOf({ parent }: Expression): boolean {
  return isA(parent, "Subscript") && isFieldName(parent.index);
}
