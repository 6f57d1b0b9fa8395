import { isInFunction, type Model } from "#semantics";
import { type Call, isA, type Name } from "#syntax";
import { defineRule } from "../rule";
import { isStored } from "./stored";

/** `np.load` reads all of a file of which only parts are used; a memory map reads the parts. */
export const arrayLoadedWhole = defineRule({
  meta: {
    name: "array-loaded-whole",
    code: "MEM612",
    summary: "Array is read from its file in full although only parts of it are used",
    severity: "information",
    isDefault: false,
    gains: ["peak", "retained"],
  },
  visits: ["Call"],
  calls: ["load"],

  *check(call, model) {
    const [path, more] = call.args;
    if (path?.shape !== "positional" || more) return;
    if (model.qualifiedName(call.callee) !== "numpy.load") return;
    if (isA(path.value, "String") && path.value.raw?.endsWith(".npz")) return;
    if (!isUsedInParts(call, model)) return;
    const end = path.span.end;
    yield {
      span: call.span,
      message:
        "Only parts of this array are used; a memory map reads those from the file, not the rest",
      fix: {
        title: "Map the file",
        safety: "review",
        changes: "the file stays open, and must not change, while a part of the array is there",
        edits: [{ span: { start: end, end }, text: ', mmap_mode="r"' }],
      },
    };
  },
});

function isUsedInParts(call: Call, model: Model): boolean {
  const { parent } = call;
  if (isPartOf(call)) return true;
  if (!isA(parent, "Assign") || parent.targets.length > 1) return false;
  const [target] = parent.targets;
  const binding = isA(target, "Name") ? model.bindingOf(target) : null;
  if (binding?.scope.kind !== "function") return false;
  const others = binding.references.filter(({ node }) => node !== target);
  return (
    others.some(({ node }) => isPartOf(node)) &&
    others.every(
      each =>
        each.use === "read" &&
        isInFunction(each) &&
        (isPartOf(each.node) || isSize(each.node, model)),
    )
  );
}

/** `array[3]`, `array[:10]` or `array[i, 2:5]`, read; not by a key, as of an archive, and not `[:]`. */
function isPartOf(array: Name | Call): boolean {
  const { parent } = array;
  if (!isA(parent, "Subscript") || parent.object !== array || isStored(parent)) return false;
  const { index } = parent;
  const parts = isA(index, "Tuple") ? index.elements : [index];
  if (parts.some(part => isA(part, "String"))) return false;
  return parts.some(part => !isA(part, "Slice") || part.lower !== null || part.upper !== null);
}

const sizes: ReadonlySet<string> = new Set(["dtype", "ndim", "shape", "size"]);

function isSize(array: Name, model: Model): boolean {
  const { parent } = array;
  if (isA(parent, "Attribute")) return sizes.has(parent.name.text);
  return (
    isA(parent, "Argument") &&
    isA(parent.parent, "Call") &&
    model.builtinName(parent.parent.callee) === "len"
  );
}
