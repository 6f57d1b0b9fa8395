import type { Model } from "#semantics";
import { enclosingFunction, type FunctionDef, isA, type Parameter, walk } from "#syntax";
import { defineRule } from "../rule";
import { boundCache } from "./bound-cache";
import { isStub } from "./function-body";
import { cacheOf, isWithoutInstance } from "./lru-caches";
import { variesByCall } from "./varies-by-call";

/** A cache without a limit holds every argument and result that a program ever comes by. */
export const unboundedLruCache = defineRule({
  meta: {
    name: "unbounded-lru-cache",
    code: "MEM307",
    summary:
      "Cache without a limit keeps an entry for every argument that a function is called with",
    severity: "information",
    gains: ["retained"],
    peers: ["GCI89"],
  },
  visits: ["FunctionDef"],
  concerns: ({ decorators }) => decorators.length > 0,

  *check(definition, model) {
    if (definition.decorators.length === 0) return;
    const cache = cacheOf(definition, model);
    if (cache?.size !== null || !isOfProgram(definition, model)) return;
    if (isStub(definition) || isEmptied(definition, model)) return;
    if (!definition.parameters.some(each => hasManyValues(each, model))) return;
    const fix = boundCache(definition, cache.decorator, model);
    yield {
      span: cache.decorator.span,
      message: "This cache keeps every argument and result for good; give it a `maxsize`",
      // Memory that is taken on entry stands on the line of the `def`.
      allocations: [definition.span],
      ...(fix && { fix }),
    };
  },
});

/** Lives as long as the program, and holds no instance: of that another rule speaks. */
function isOfProgram(definition: FunctionDef, model: Model): boolean {
  if (enclosingFunction(definition)?.kind !== "Module") return false;
  return !isA(definition.parent?.parent, "ClassDef") || isWithoutInstance(definition, model);
}

/** `function.cache_clear()` somewhere. */
function isEmptied({ name }: FunctionDef, model: Model): boolean {
  const binding = model.bindingOf(name);
  // Few files clear any cache, and a name may be that of many functions.
  return model
    .attributesNamed("cache_clear")
    .some(({ object }) => isA(object, "Name") && model.bindingOf(object) === binding);
}

/** Types of which there are few values, or as many as the program's source has. */
const fewValues: ReadonlySet<string> = new Set(["bool", "None", "type", "Literal", "Type"]);

/** Names of what a program has few of. */
const fewNames = /^(dtype|encoding|flavou?r|lang|language|locale|sep|separator|urlconf)$/;

function hasManyValues(parameter: Parameter, model: Model): boolean {
  const { annotation, default: given, name } = parameter;
  if (fewNames.test(name.text)) return false;
  if (isA(given, "Constant") && (given.value === "True" || given.value === "False")) return false;
  for (const node of annotation ? walk(annotation) : []) {
    if (isA(node, "Name") && fewValues.has(node.text)) return false;
  }
  return variesByCall(name, model);
}
