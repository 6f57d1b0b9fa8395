import type { Model } from "#semantics";
import { type Decorator, type Expression, isA } from "#syntax";
import { removeLine } from "../remove-line";
import { defineRule, type Fix } from "../rule";

/** The decorator of memory_profiler traces each line of a function, at each call. */
export const profileDecoratorLeft = defineRule({
  meta: {
    name: "profile-decorator-left",
    code: "MEM406",
    summary: "Decorator of a line-by-line profiler is left in the code",
    severity: "information",
    gains: ["time"],
  },
  visits: ["Decorator"],

  *check(decorator, model) {
    const { expression } = decorator;
    const profile = isA(expression, "Call") ? expression.callee : expression;
    const message = messageFor(profile, model);
    if (message === null) return;
    const fix = withoutDecorator(decorator, model);
    yield { span: decorator.span, message, ...(fix && { fix }) };
  },
});

function messageFor(profile: Expression, model: Model): string | null {
  if (isInjected(profile, model)) {
    return "`profile` is there only under kernprof or memory_profiler; else this line fails";
  }
  if (model.qualifiedName(profile) !== "memory_profiler.profile") return null;
  return "Each call runs line by line under a tracer and prints a report";
}

/** A name that nothing binds: the profilers put it among the builtins. */
function isInjected(profile: Expression, model: Model): boolean {
  if (!isA(profile, "Name") || profile.text !== "profile" || model.bindingOf(profile)) return false;
  return !model.module.body.some(each => isA(each, "ImportFrom") && each.isStar);
}

function withoutDecorator(decorator: Decorator, model: Model): Fix | null {
  const edit = removeLine(decorator, model);
  if (!edit) return null;
  return {
    title: "Remove the profiler",
    safety: "review",
    changes: "the function is no longer profiled; an import that nothing else uses stays",
    edits: [edit],
  };
}
