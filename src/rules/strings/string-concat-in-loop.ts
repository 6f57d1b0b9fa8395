import { type Binding, type Model, referencesIn } from "#semantics";
import { enclosingLoop, isA, type Node } from "#syntax";
import { defineRule } from "../rule";
import {
  type Accumulation,
  accumulationInLoop,
  mayAccumulate,
  accumulationOf,
  type Loop,
  loopThatGrows,
} from "./accumulation";
import { aliasMadeIn } from "./alias";
import { placeOf } from "./plain-local";
import { quoted } from "./quoted";

/** A string that grows in a loop is cheap in CPython while one plain local is all that refers to it. */
export const stringConcatInLoop = defineRule({
  meta: {
    name: "string-concat-in-loop",
    code: "MEM201",
    summary: "String grows in a loop, which CPython does in place",
    severity: "hint",
    gains: ["time"],
    peers: ["R1713", "consider-using-join"],
  },
  visits: ["Assign", "AugmentedAssign"],
  concerns: mayAccumulate,

  *check(statement, model) {
    const accumulation = accumulationInLoop(statement);
    if (accumulation?.form !== "appended") return;
    const { target } = accumulation;
    if (target.kind !== "Name" || model.typeOf(target) !== "str") return;
    if (placeOf(target, model) !== "local") return;
    const loop = loopThatGrows(accumulation, model);
    if (!loop || aliasMadeIn(loop, accumulation, model)) return;
    if (!isFirst(accumulation, loop, model)) return;

    const name = quoted(target, model);
    yield {
      span: statement.span,
      message: `CPython grows ${name} in place here; elsewhere \`+=\` copies the whole string`,
    };
  },
});

/** Once is enough for a string that grows at several places of the same loops. */
function isFirst({ statement, target }: Accumulation, loop: Loop, model: Model): boolean {
  let outermost = loop;
  for (let outer = enclosingLoop(loop); outer; outer = enclosingLoop(outer)) outermost = outer;
  const binding = target.kind === "Name" ? model.bindingOf(target) : null;
  if (!binding) return false;
  const first = model.once(outermost, `first growth of ${binding.name}`, () =>
    firstGrowth(outermost, binding),
  );
  return first === statement;
}

function firstGrowth({ span }: Loop, binding: Binding): Node | null {
  const growth = referencesIn(binding, span).find(
    ({ by }) => isA(by, "Assign", "AugmentedAssign") && accumulationOf(by)?.form === "appended",
  );
  return growth?.by ?? null;
}
