import { defineRule } from "../rule";
import { growthProblem } from "./cache-growth";
import { moduleCaches } from "./caches";

/** A container that lives as long as the module, that calls put into and nothing takes out of. */
export const unboundedModuleCache = defineRule({
  meta: {
    name: "unbounded-module-cache",
    code: "MEM302",
    summary: "Container of a module that functions put into and nothing takes out of",
    severity: "warning",
    gains: ["lifetime"],
  },
  visits: ["Module"],

  *check(_module, model) {
    for (const cache of moduleCaches(model)) {
      const problem = growthProblem(cache, model);
      if (problem) yield problem;
    }
  },
});
