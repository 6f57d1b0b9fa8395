import { type Edit, lineAt } from "#base";
import type { Model } from "#semantics";
import { type Expression, isA } from "#syntax";

/**
 * How to name another member of the module that an expression takes one from: `functools.lru_cache`
 * beside `functools.cache`, or `lru_cache` with the edit that imports it. Null where the import cannot
 * be continued or the name means something else.
 */
export function memberBeside(
  member: Expression,
  other: string,
  model: Model,
): { readonly name: string; readonly edits: readonly Edit[] } | null {
  if (isA(member, "Attribute")) {
    return { name: `${model.textOf(member.object)}.${other}`, edits: [] };
  }
  const alias = isA(member, "Name") ? model.bindingOf(member)?.references[0]?.by : null;
  if (!isA(alias, "ImportAlias") || !isA(alias.parent, "ImportFrom")) return null;
  const { names } = alias.parent;
  if (names.some(each => each.name === other && !each.hasAlias)) return { name: other, edits: [] };
  if (model.moduleScope.bindings.has(other)) return null;
  const { lines } = model.file;
  if (lineAt(lines, alias.span.start) !== lineAt(lines, alias.span.end)) return null;
  const at = alias.span.end;
  return { name: other, edits: [{ span: { start: at, end: at }, text: `, ${other}` }] };
}
