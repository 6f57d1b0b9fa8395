import { enclosingLoop, isA, type Node } from "#syntax";
import { defineRule } from "../rule";
import { deleteAfterUse, isMade, isOutlived, largeLocal, type LargeLocal } from "./large-local";

/** A name holds its old value until the new one is there, so that a loop holds two at a time. */
export const largeLocalReboundInLoop = defineRule({
  meta: {
    name: "large-local-rebound-in-loop",
    code: "MEM317",
    summary: "Large value of the last round is alive while a loop makes the next one",
    severity: "hint",
    gains: ["peak"],
  },
  visits: ["Assign"],
  concerns: statement => isMade(statement.value) && enclosingLoop(statement) !== null,

  *check(assignment, model) {
    if (!isMade(assignment.value) || !enclosingLoop(assignment)) return;
    const local = largeLocal(assignment, model);
    if (!local || !isLoopBody(local) || isOutlived(local, model)) return;
    const fix = deleteAfterUse(local, model);
    yield {
      span: local.name.span,
      message:
        "The last round's value is alive while this is made; delete it at the end of the round",
      ...(fix && { fix }),
    };
  },
});

/** Whether the statements are the whole of a loop, and lead to its next round. */
function isLoopBody({ block }: LargeLocal): boolean {
  const body = block[0]?.parent;
  const loop = body?.parent;
  return isA(loop, "For", "While") && loop.body === body && !leaves(block.at(-1));
}

function leaves(last: Node | undefined): boolean {
  return isA(last, "Return", "Raise", "Break");
}
