import { isBuiltinAt, type Model } from "#semantics";
import { isA, type Name } from "#syntax";
import { defineRule, type Fix } from "../rule";
import {
  type Accumulation,
  accumulationInLoop,
  loopThatGrows,
  mayAccumulate,
} from "./accumulation";
import { quoted } from "./quoted";

/** Bytes that grow in a loop are copied whole in each of its turns. */
export const bytesConcatInLoop = defineRule({
  meta: {
    name: "bytes-concat-in-loop",
    code: "MEM208",
    summary: "Bytes grow in a loop, which copies all of them each time",
    severity: "information",
    gains: ["time", "copies"],
  },
  visits: ["Assign", "AugmentedAssign"],
  concerns: mayAccumulate,

  *check(statement, model) {
    const accumulation = accumulationInLoop(statement);
    if (!accumulation || !isA(accumulation.target, "Name")) return;
    const { target } = accumulation;
    if (model.typeOf(target) !== "bytes") return;
    const loop = loopThatGrows(accumulation, model);
    if (!loop) return;
    // Loops that count something down, such as the bytes of a number, have few turns.
    if (accumulation.form === "prepended" && loop.kind === "While") return;
    const fix = beginWithBytearray(accumulation, target, model);
    yield {
      span: statement.span,
      message: `All of ${quoted(target, model, "the bytes")} is copied in each turn; a bytearray grows in place`,
      ...(fix && { fix }),
    };
  },
});

/** Only where `+=` is all that the name gets but its empty beginning. */
function beginWithBytearray({ statement }: Accumulation, target: Name, model: Model): Fix | null {
  if (statement.kind !== "AugmentedAssign" || !isBuiltinAt("bytearray", target, model)) return null;
  const references = model.bindingOf(target)?.references ?? [];
  const [begin, ...others] = references.filter(({ use }) => use === "write");
  if (others.length > 0 || !isA(begin?.by, "Assign") || begin.by.targets.length !== 1) return null;
  const { value } = begin.by;
  if (!isA(value, "String") || value.raw !== "") return null;
  return {
    title: "Begin with a bytearray",
    safety: "review",
    changes: "it is equal to the bytes, but of another type: it can change, and has no hash",
    edits: [{ span: value.span, text: "bytearray()" }],
  };
}
