import { type Model, namesBoundBy, valueUse } from "#semantics";
import { ancestors, type Expression, type For, type ForClause, isA, type Name } from "#syntax";
import { defineRule } from "../rule";
import { opening } from "./open-file";

/** The cells of a table mostly repeat, and each line that is split makes strings of its own. */
export const duplicatedStringsKept = defineRule({
  meta: {
    name: "duplicated-strings-kept",
    code: "MEM209",
    summary: "Cells of a file's lines are kept, each as a string of its own",
    severity: "hint",
    isDefault: false,
    gains: ["retained"],
  },
  visits: ["Call"],
  calls: ["split"],

  *check(call, model) {
    const { callee } = call;
    if (!isA(callee, "Attribute") || callee.name.text !== "split") return;
    const line = lineOf(callee.object);
    if (!line || valueUse(call, model).kind !== "stored") return;
    const loop = loopThatBinds(line, model);
    if (!loop || !opening(loop.iterable, model)) return;
    yield {
      span: call.span,
      message: "Equal cells are kept as one string each; `sys.intern` keeps one for all of them",
    };
  },
});

/** The name of `line.split()` and of `line.strip().split()`. */
function lineOf(text: Expression): Name | null {
  let root = text;
  while (isA(root, "Call") && isA(root.callee, "Attribute")) root = root.callee.object;
  return isA(root, "Name") ? root : null;
}

/** The loop or clause around a name that binds it. */
function loopThatBinds(name: Name, model: Model): For | ForClause | null {
  const binding = model.bindingOf(name);
  const isIt = ({ target }: For | ForClause): boolean =>
    namesBoundBy(target).some(each => model.bindingOf(each) === binding);
  for (const holder of ancestors(name)) {
    if (isA(holder, "For") && isIt(holder)) return holder;
    if (!isA(holder, "ListComprehension")) continue;
    const clause = holder.clauses.find(each => isA(each, "ForClause") && isIt(each));
    if (isA(clause, "ForClause")) return clause;
  }
  return null;
}
