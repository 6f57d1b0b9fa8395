import type { Model } from "#semantics";
import { type Call, type Expression, isA } from "#syntax";

const numberNames =
  /^((u?int|float|complex)(8|16|32|64|128)?|bool_?|double|single|half|[us]?byte|u?short|u?intc|u?intp|u?long(long)?)$/;
const numberCodes = /^[<>=|]?([biufc][1248]|c16|[bBhHiIlLqQefdgFD?])$/;

/** Tells whether an expression is written as the dtype of plain numbers: `float`, `np.int8`, `"f4"`. */
export function isNumberDtype(expression: Expression, model: Model): boolean {
  if (isA(expression, "String")) {
    const { raw } = expression;
    return raw !== null && (numberNames.test(raw) || numberCodes.test(raw));
  }
  const name = model.qualifiedName(expression);
  const [module, member, more] = name?.split(".") ?? [];
  if (more !== undefined || member === undefined) return false;
  if (module === "builtins") return /^(float|int|bool|complex)$/.test(member);
  return module === "numpy" && numberNames.test(member);
}

/** The `dtype` argument of numpy's constructors, at the place where they take it. */
export function dtypeOf(call: Call, position: number): Expression | null {
  const named = call.args.find(({ name }) => name?.text === "dtype");
  if (named) return named.value;
  const placed = call.args[position];
  return placed?.shape === "positional" ? placed.value : null;
}
