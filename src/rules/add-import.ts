import type { Edit } from "#base";
import type { Model } from "#semantics";
import { isA, type Statement } from "#syntax";
import { isAlone } from "./reindent";

/** What a module is called in a file, and the edit that imports it where nothing does yet. */
export interface ImportedModule {
  readonly name: string;
  /** At most one. */
  readonly edits: readonly Edit[];
}

/**
 * Makes a module of the standard library known to a file, above its first import. Null where the file
 * imports nothing, where that import shares a line, or where the module's name means something else.
 */
export function importModule(module: string, model: Model): ImportedModule | null {
  const binding = model.moduleScope.bindings.get(module);
  if (binding) {
    const [only, ...more] = binding.references.filter(({ use }) => use !== "read");
    const by = more.length === 0 ? only?.by : null;
    const isIt = isA(by, "ImportAlias") && by.name === module && isA(by.parent, "Import");
    return isIt && by.parent.parent?.kind === "Module" ? { name: module, edits: [] } : null;
  }
  const first = model.module.body.find(isOrdinaryImport);
  if (!first || !isAlone(first, model)) return null;
  const { start } = first.span;
  return { name: module, edits: [{ span: { start, end: start }, text: `import ${module}\n` }] };
}

/** `from __future__` has to stay the first of all. */
function isOrdinaryImport(statement: Statement): boolean {
  if (statement.kind === "ImportFrom") return statement.module !== "__future__";
  return statement.kind === "Import";
}
