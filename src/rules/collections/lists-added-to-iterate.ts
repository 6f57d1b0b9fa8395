import type { Edit } from "#base";
import { canDelay, type Model, writtenSpan } from "#semantics";
import { type Binary, type Expression, isA } from "#syntax";
import { importing } from "../importing";
import { defineRule, type Fix } from "../rule";
import { whileRead } from "./consumption";
import { dropListing, listedSource, losesComment } from "./drop-call";
import { isFew } from "./few-elements";

/** `a + b` is a third list, which a loop over one after the other does not need. */
export const listsAddedToIterate = defineRule({
  meta: {
    name: "lists-added-to-iterate",
    code: "MEM115",
    summary: "Lists are copied into one by + only to be iterated",
    severity: "hint",
    gains: ["peak"],
  },
  visits: ["Binary"],
  concerns: sum => sum.operator === "+" && isA(sum.parent, "For", "ForClause", "Argument"),

  *check(sum, model) {
    const meanwhile = whileRead(sum, model);
    if (!meanwhile) return;
    const operands = operandsOf(sum, model);
    if (!areLists(operands, model)) return;
    if (!canDelay({ parts: operands, targets: new Set(), meanwhile }, model)) return;
    const fix = chain(sum, operands, model);
    yield {
      span: sum.span,
      message: "`+` copies these lists into one; `itertools.chain` reads one after the other",
      ...(fix && !losesComment(fix.edits, model) && { fix }),
    };
  },
});

/** The lists that `a + b + c` adds, without parentheses around some of them. */
function operandsOf(sum: Binary, model: Model): readonly Expression[] {
  const operands: Expression[] = [sum.right];
  let left = sum.left;
  while (isA(left, "Binary") && left.operator === "+") {
    if (writtenSpan(left, model, sum.span).start !== left.span.start) break;
    operands.unshift(left.right);
    left = left.left;
  }
  return [left, ...operands];
}

/** Whether all are lists or all are tuples, and not only a few elements written out. */
function areLists(operands: readonly Expression[], model: Model): boolean {
  if (operands.every(each => isFew(each, model))) return false;
  const [type, ...others] = operands.map(each => model.typeOf(each));
  return (type === "list" || type === "tuple") && others.every(each => each === type);
}

function chain(sum: Binary, operands: readonly Expression[], model: Model): Fix | null {
  const chained = importing("itertools", "chain", sum, model);
  const spans = operands.map(each => writtenSpan(each, model, sum.span));
  const first = spans[0];
  const last = spans.at(-1);
  if (!chained || !first || !last) return null;
  const edits: Edit[] = [
    ...chained.edits,
    { span: { start: sum.span.start, end: first.start }, text: `${chained.name}(` },
    ...spans.slice(1).map((span, index) => {
      const start = spans[index]?.end ?? span.start;
      return { span: { start, end: span.start }, text: ", " };
    }),
    { span: { start: last.end, end: sum.span.end }, text: ")" },
    // `list(a) + list(b)` made lists only to add them.
    ...operands.flatMap(each => {
      const source = listedSource(each, model);
      return source ? dropListing(each, source, model) : [];
    }),
  ];
  const changes = "the lists themselves are read, so code that changes one meanwhile shows";
  return { title: "Iterate one after the other", safety: "review", changes, edits };
}
