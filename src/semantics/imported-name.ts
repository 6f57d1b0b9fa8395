import type { ImportAlias } from "#syntax";
import type { Reference } from "./scope";

/** The dotted name that all writes of a name import; null when they differ or do something else. */
export function importedName(writes: readonly Reference[]): string | null {
  let found: string | null = null;
  for (const { form, by } of writes) {
    if (form !== "import" || by?.kind !== "ImportAlias") return null;
    const name = importOf(by);
    // `try: import ujson as json / except: import json` binds two things: not known.
    if (name === null || (found !== null && found !== name)) return null;
    found = name;
  }
  return found;
}

function importOf(alias: ImportAlias): string | null {
  const statement = alias.parent;
  if (statement?.kind === "ImportFrom") {
    return statement.level > 0 ? null : `${statement.module}.${alias.name}`;
  }
  // `import os.path` binds `os`; `import os.path as p` binds the module itself.
  return alias.hasAlias ? alias.name : alias.binds.text;
}
