import type { Edit } from "#base";
import type { Binding, Model } from "#semantics";
import { ancestors, type ImportAlias, isA, type Node } from "#syntax";
import { isAlone } from "./reindent";

/** How a fix may call a function of the standard library. */
export interface Imported {
  /** `heapq.nsmallest`, or `nsmallest` where the file imports that. */
  readonly name: string;
  /** Imports the module, where the file does not yet; else empty. */
  readonly edits: readonly Edit[];
}

/** Imports stand at the top: a name behind this many others is not looked at for one. */
const mostNames = 50;

/**
 * Finds a name for a module's member at a place, with the edits that import it. Null when the names
 * mean something else there, or when the file has no import beside which another could stand.
 */
export function importing(
  module: string,
  member: string,
  place: Node,
  model: Model,
): Imported | null {
  const { bindings } = model.moduleScope;
  const ofMember = importOf(bindings.get(member), place);
  const isMember = ofMember?.name === member && isFrom(ofMember, module);
  if (isMember && !isShadowed(member, place, model)) return { name: member, edits: [] };
  if (isShadowed(module, place, model)) return null;
  const name = `${module}.${member}`;
  const known = bindings.get(module);
  if (known) {
    const alias = importOf(known, place);
    const isModule = alias?.name === module && isA(alias.parent, "Import");
    return isModule ? { name, edits: [] } : null;
  }
  const at = placeOfImport(place, model);
  if (at === null) return null;
  return { name, edits: [{ span: { start: at, end: at }, text: `import ${module}\n` }] };
}

function isFrom({ parent }: ImportAlias, module: string): boolean {
  return isA(parent, "ImportFrom") && parent.level === 0 && parent.module === module;
}

/** The one import that gives a binding its value, always and before the place is reached. */
function importOf(binding: Binding | undefined, place: Node): ImportAlias | null {
  const writes = binding?.writes ?? [];
  const by = writes.length === 1 ? writes[0]?.by : null;
  if (!isA(by, "ImportAlias") || by.span.start > place.span.start) return null;
  return isA(by.parent?.parent, "Module") ? by : null;
}

function isShadowed(name: string, place: Node, model: Model): boolean {
  for (const holder of ancestors(place)) {
    if (isA(holder, "Module")) return false;
    if (model.scopeOpenedBy(holder)?.bindings.has(name)) return true;
  }
  return false;
}

/** The start of the first import that is not of the future; it has its lines to itself. */
function placeOfImport(place: Node, model: Model): number | null {
  let count = 0;
  for (const binding of model.moduleScope.bindings.values()) {
    if (++count > mostNames) return null;
    const statement = importOf(binding, place)?.parent;
    if (!statement || isFuture(statement)) continue;
    return isAlone(statement, model) ? statement.span.start : null;
  }
  return null;
}

function isFuture(statement: Node): boolean {
  return isA(statement, "ImportFrom") && statement.module === "__future__";
}
