import type { Expression } from "#syntax";
import type { InferredType } from "./type-names";

/** What a loop over a value of a type gives. */
export const elementTypes: ReadonlyMap<InferredType | null, InferredType> = new Map([
  ["str", "str"],
  ["bytes", "int"],
  ["bytearray", "int"],
  ["range", "int"],
  ["text file", "str"],
  ["binary file", "bytes"],
  ["StringIO", "str"],
  ["BytesIO", "bytes"],
]);

/** Types of which a slice is one again. */
const sliced: ReadonlySet<InferredType | null> = new Set<InferredType>([
  ...(["str", "bytes", "bytearray", "memoryview", "list", "tuple", "range"] as const),
  ...(["ndarray", "Series", "DataFrame"] as const),
]);

/** What `value[index]` gives, by the type of the value. */
export function partType(type: InferredType | null, index: Expression): InferredType | null {
  if (type === "str") return "str";
  if (index.kind === "Slice") return sliced.has(type) ? type : null;
  if (type === "ndarray") {
    return index.kind === "Tuple" && index.elements.some(isRange) ? "ndarray" : null;
  }
  if (type !== "DataFrame") return null;
  // One column, or those of a list; `frame[frame.price > 3]` has the rows for which it is so.
  if (index.kind === "String") return "Series";
  return index.kind === "List" || index.kind === "Compare" ? "DataFrame" : null;
}

/** What keeps a dimension of an array; a row of numbers is a number. */
function isRange(index: Expression): boolean {
  return index.kind === "Slice" || (index.kind === "Constant" && index.value !== "True");
}
