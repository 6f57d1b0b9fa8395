import type { Edit } from "#base";
import { canStandInComprehension, type Model } from "#semantics";
import { type Attribute, type Call, type Expression, isA } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { isInString } from "./in-string";
import { loopOver } from "./loop-over";
import { groupCount } from "./regular-expression";
import { valueBoundOnce } from "./value-bound-once";

/** A loop over `findall` holds a string of every match while it needs one. */
export const findallToIterate = defineRule({
  meta: {
    name: "findall-to-iterate",
    code: "MEM116",
    summary: "All matches of a regular expression are made before the loop looks at the first",
    severity: "hint",
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: ["findall"],

  *check(call, model) {
    const { callee } = call;
    if (!isA(callee, "Attribute") || callee.name.text !== "findall") return;
    if (!loopOver(call, model)) return;
    const pattern = patternOf(call, callee, model);
    if (!pattern) return;
    const fix = useFinditer(call, callee, pattern);
    yield {
      span: call.span,
      message: "`findall` makes all matches first; `finditer` holds one at a time",
      ...(fix && { fix }),
    };
  },
});

/** The pattern of `re.findall(pattern, text)`, or that of which `pattern.findall` was compiled. */
function patternOf(call: Call, callee: Attribute, model: Model): Expression | null {
  if (model.qualifiedName(callee) === "re.findall") return call.args[0]?.value ?? null;
  const compiled = isA(callee.object, "Name")
    ? valueBoundOnce(callee.object, model)
    : callee.object;
  if (!isA(compiled, "Call") || model.qualifiedName(compiled.callee) !== "re.compile") return null;
  return compiled.args[0]?.value ?? null;
}

/**
 * A generator gives what `findall` puts into its list. The text that is searched cannot change, since
 * a pattern that is a `str` takes no other.
 */
function useFinditer(call: Call, { name }: Attribute, pattern: Expression): Fix | null {
  if (isInString(call) || !call.args.every(canStandInComprehension)) return null;
  const groups = groupCount(pattern);
  if (groups === null) return null;
  const { start, end } = call.span;
  const edits: Edit[] = [
    { span: { start, end: start }, text: `(${elementOf(groups)} for match in ` },
    { span: name.span, text: "finditer" },
    { span: { start: end, end }, text: ")" },
  ];
  return { title: "Use `finditer`", safety: "safe", edits };
}

/** A group that took no part is an empty string for `findall`. */
function elementOf(groups: number): string {
  if (groups === 0) return "match.group()";
  return groups === 1 ? 'match.group(1) or ""' : 'match.groups("")';
}
