import type { Model } from "#semantics";
import { type ClassDef, isA } from "#syntax";
import { importModule } from "../add-import";
import type { Fix } from "../rule";
import type { Cache } from "./caches";
import { withBases } from "./class-caches";

/** By how an empty container is written. */
const weakForms: ReadonlyMap<string, string> = new Map([
  ["{}", "WeakValueDictionary"],
  ["dict()", "WeakValueDictionary"],
  ["set()", "WeakSet"],
]);

/** Makes an empty dict or set hold the instances of a class weakly; null where that may not work. */
export function holdWeakly({ name }: Cache, owner: ClassDef, model: Model): Fix | null {
  const statement = name.parent;
  // An annotation would speak of the container that was there before.
  if (!isA(statement, "Assign") || !canBeHeldWeakly(owner, model)) return null;
  const form = weakForms.get(model.textOf(statement.value));
  const weakref = form === undefined ? null : importModule("weakref", model);
  if (form === undefined || !weakref) return null;
  return {
    title: "Hold the instances weakly",
    safety: "review",
    changes: "an instance that nothing else holds leaves the table at once",
    edits: [...weakref.edits, { span: statement.value.span, text: `${weakref.name}.${form}()` }],
  };
}

/** Whether a class is written in this file with all its bases, and none has `__slots__`. */
function canBeHeldWeakly(owner: ClassDef, model: Model): boolean {
  return withBases(owner, model).every(
    each =>
      !model.scopeOpenedBy(each)?.bindings.has("__slots__") &&
      each.decorators.length === 0 &&
      each.args.every(
        ({ value }) =>
          model.definitionOf(value)?.kind === "ClassDef" || model.builtinName(value) === "object",
      ),
  );
}
