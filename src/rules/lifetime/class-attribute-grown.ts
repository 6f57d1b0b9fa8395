import { enclosingClass } from "#syntax";
import { defineRule } from "../rule";
import { growthProblem } from "./cache-growth";
import { containerName } from "./caches";
import { classCache } from "./class-caches";

/** A container made in a class's body: one for all instances, alive as long as the class. */
export const classAttributeGrown = defineRule({
  meta: {
    name: "class-attribute-grown",
    code: "MEM306",
    summary: "Container of a class that methods put into and nothing takes out of",
    severity: "information",
    gains: ["retained", "lifetime"],
    peers: ["RUF012", "mutable-class-default"],
  },
  visits: ["Assign", "AnnotatedAssign"],
  concerns: statement => containerName(statement) !== null && enclosingClass(statement) !== null,

  *check(statement, model) {
    const target = containerName(statement);
    if (!target) return;
    const owner = enclosingClass(statement);
    const cache = owner && classCache(owner, target.text, model);
    const problem = cache?.name === target ? growthProblem(cache, model) : null;
    if (problem) yield problem;
  },
});
