import { isA } from "#syntax";
import { defineRule } from "../rule";
import { isMade, deleteAfterUse, isOutlived, largeLocal } from "./large-local";

/** A local lives until its function ends, also when nothing reads it any more. */
export const largeLocalKept = defineRule({
  meta: {
    name: "large-local-kept",
    code: "MEM316",
    summary: "Large local is done with, and stays while the next large value is made",
    severity: "hint",
    gains: ["peak"],
  },
  visits: ["Assign"],
  concerns: ({ targets: [target], value }) => isA(target, "Name") && isMade(value),

  *check(assignment, model) {
    const local = largeLocal(assignment, model);
    if (!local || !isOutlived(local, model)) return;
    const fix = deleteAfterUse(local, model);
    yield {
      span: local.name.span,
      message:
        "This stays until the function ends, while more is made; delete it after its last use",
      ...(fix && { fix }),
    };
  },
});
