import { isA } from "#syntax";
import { lastNames } from "../last-names";
import { defineRule } from "../rule";
import { isSmallArray } from "./fresh-array";

/** Where the constructors take their dtype, the arguments before it counted from nought. */
const dtypePlaces: ReadonlyMap<string, number> = new Map([
  ["numpy.empty", 1],
  ["numpy.eye", 3],
  ["numpy.identity", 1],
  ["numpy.linspace", 5],
  ["numpy.ones", 1],
  ["numpy.zeros", 1],
]);

/** Constructors that make floats of 8 bytes unless they are told otherwise. */
export const float64ByDefault = defineRule({
  meta: {
    name: "float64-by-default",
    code: "MEM611",
    summary: "Array is made of floats of 8 bytes because no dtype is given",
    severity: "information",
    isDefault: false,
    gains: ["peak", "retained"],
  },
  visits: ["Call"],
  calls: lastNames(dtypePlaces.keys()),

  *check(call, model) {
    const { callee, args } = call;
    const place = dtypePlaces.get(model.qualifiedName(callee) ?? "");
    if (place === undefined || args.length > place || isSmallArray(call)) return;
    const isTold = args.some(
      ({ name, shape }) => name?.text === "dtype" || shape === "star" || shape === "doubleStar",
    );
    // `np.zeros(n).astype(int)` says what it is.
    const { parent } = call;
    const isConverted = isA(parent, "Attribute") && parent.name.text === "astype";
    if (isTold || isConverted) return;
    yield {
      span: callee.span,
      message: "Without a dtype this is an array of `float64`; `float32` takes half of the memory",
      allocations: [call.span],
    };
  },
});
