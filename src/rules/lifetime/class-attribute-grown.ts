import { defineRule } from "../rule";
import { growthProblem } from "./cache-growth";
import { classCaches } from "./class-caches";

/** A container made in a class's body: one for all instances, alive as long as the class. */
export const classAttributeGrown = defineRule({
  meta: {
    name: "class-attribute-grown",
    code: "MEM306",
    summary: "Container of a class that methods put into and nothing takes out of",
    severity: "warning",
    gains: ["retained", "lifetime"],
    peers: ["RUF012", "mutable-class-default"],
  },
  visits: ["ClassDef"],

  *check(definition, model) {
    for (const cache of classCaches(definition, model)) {
      const problem = growthProblem(cache, model);
      if (problem) yield problem;
    }
  },
});
