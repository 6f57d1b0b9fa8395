import { defineRule } from "../rule";
import { growthProblem } from "./cache-growth";
import { containerName, moduleCache } from "./caches";

/** A container that lives as long as the module, that calls put into and nothing takes out of. */
export const unboundedModuleCache = defineRule({
  meta: {
    name: "unbounded-module-cache",
    code: "MEM302",
    summary: "Container of a module that functions put into and nothing takes out of",
    severity: "warning",
    gains: ["lifetime"],
  },
  visits: ["Assign", "AnnotatedAssign"],
  concerns: statement => containerName(statement) !== null,

  *check(statement, model) {
    const target = containerName(statement);
    if (!target) return;
    const binding = model.bindingOf(target);
    if (binding?.scope.kind !== "module" || binding.writes[0]?.node !== target) return;
    const cache = moduleCache(binding, model);
    const problem = cache && growthProblem(cache, model);
    if (problem) yield problem;
  },
});
