import type { Model } from "#semantics";
import { defineRule, type Problem } from "../rule";
import { type Frames, frameGivers, framesIn, isTraceback } from "./frames";
import { nameInCycle, targetsOf } from "./frame-cycle";
import { keeperAt, keeperOf } from "./keepers";

/** A frame holds all locals of its call, and a traceback or a stack holds many frames. */
export const retainedFrame = defineRule({
  meta: {
    name: "retained-frame",
    code: "MEM309",
    summary: "Frame or traceback is kept, and with it the locals of the calls that it shows",
    severity: "warning",
    gains: ["retained", "lifetime"],
  },
  visits: ["Call", "Attribute"],
  calls: frameGivers,
  concerns: source => source.kind === "Call" || isTraceback(source),

  *check(source, model) {
    const frames = framesIn(source, model);
    const problem = frames && judge(frames, model);
    if (problem) yield { span: frames.value.span, ...problem };
  },
});

function judge(frames: Frames, model: Model): Omit<Problem, "span"> | null {
  if (isKept(frames, model)) {
    return {
      message: "This keeps the locals of all frames that it shows; keep what you need of them",
    };
  }
  const name = nameInCycle(frames, model);
  if (!name) return null;
  return {
    message: `\`${name.text}\` and its own frame hold each other, with all locals; delete it at the end`,
    severity: "information",
  };
}

function isKept(frames: Frames, model: Model): boolean {
  if (keeperOf(frames.value, model)) return true;
  // `self.kind, self.error, self.traceback = sys.exc_info()`
  return targetsOf(frames).some(target => keeperAt(target, false, model) !== null);
}
