import type { Model } from "#semantics";
import { type Call, type Expression, isA, type Name, type Subscript } from "#syntax";
import { numberOf } from "./subscripts";

/** One slice of a name among the arguments of `zip`. */
export interface PairedSlice {
  readonly slice: Subscript & { readonly object: Name };
  /** Of `xs[2:]` 2; of `xs[:-1]`, whose end `zip` never reaches, 0. */
  readonly start: number;
}

/**
 * The slices in `zip(xs, xs[1:])`, `zip(xs[:-1], xs[1:])` and the like, which go over one sequence at
 * several places at once; empty for every other call.
 */
export function pairedSlices(call: Call, model: Model): readonly PairedSlice[] {
  const { args } = call;
  if (args.length < 2 || !args.some(({ value }) => isA(value, "Subscript"))) return [];
  if (model.builtinName(call.callee) !== "zip") return [];
  if (args.some(({ shape }) => shape !== "positional")) return [];
  const slices: PairedSlice[] = [];
  let name: Name | null = null;
  for (const [index, { value }] of args.entries()) {
    const slice = index === 0 ? headSlice(value, args.length) : tailSlice(value);
    const of = isA(value, "Name") && index === 0 ? value : slice?.slice.object;
    if (!of || (name && model.bindingOf(name) !== model.bindingOf(of))) return [];
    if (index > 0 && slice?.start !== index) return [];
    name = of;
    if (slice) slices.push(slice);
  }
  return slices;
}

/** `xs[:-1]`, which is as long as the shortest of the others or longer. */
function headSlice(value: Expression, count: number): PairedSlice | null {
  if (!isSliceOfName(value) || !isA(value.index, "Slice")) return null;
  const { lower, upper, step } = value.index;
  const end = numberOf(upper);
  const isLongEnough = end !== null && end < 0 && -end < count;
  return !lower && !step && isLongEnough ? { slice: value, start: 0 } : null;
}

/** `xs[1:]`. */
function tailSlice(value: Expression): PairedSlice | null {
  if (!isSliceOfName(value) || !isA(value.index, "Slice")) return null;
  const { lower, upper, step } = value.index;
  const start = numberOf(lower);
  return start !== null && start > 0 && !upper && !step ? { slice: value, start } : null;
}

function isSliceOfName(value: Expression): value is PairedSlice["slice"] {
  return isA(value, "Subscript") && isA(value.object, "Name");
}
