import { lineAt } from "#base";
import { defineRule } from "../rule";
import { type Cache, classCaches, moduleCaches } from "./caches";
import { growthOf } from "./cache-growth";

/** A container that lives as long as the module, that calls put into and nothing takes out of. */
export const unboundedModuleCache = defineRule({
  meta: {
    name: "unbounded-module-cache",
    code: "MEM302",
    summary: "Container of a module or class that functions put into and nothing takes out of",
    severity: "warning",
    gains: ["lifetime"],
  },
  visits: ["Module"],

  *check(_module, model) {
    for (const cache of [...moduleCaches(model), ...classCaches(model)]) {
      const growth = growthOf(cache, model);
      const [first] = growth;
      if (!first) continue;
      yield {
        span: cache.name.span,
        message: messageFor(cache, lineAt(model.file.lines, first.span.start) + 1),
        related: growth.map(({ span }) => ({ span, message: `\`${cache.name.text}\` grows here` })),
        allocations: growth.map(({ span }) => span),
      };
    }
  },
});

function messageFor({ name: { text }, isKeyed }: Cache, line: number): string {
  const name = text.length > 24 ? `${text.slice(0, 23)}…` : text;
  const what = isKeyed ? "with every new key" : "with every call";
  return `\`${name}\` grows on line ${line} ${what} and nothing here drops any; bound it`;
}
