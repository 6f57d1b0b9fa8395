import { passedOverNames } from "#analyzer";
import { allRows, type CheckReport } from "./check-report";
import type { CheckFormat } from "./check-request";

/** How often a rule was found. */
interface RuleCount {
  readonly code: string;
  readonly name: string;
  readonly count: number;
  /** How many of them `--fix` would mend. */
  readonly fixable: number;
}

/** Counts findings by rule, the most frequent first; as JSON for programs. */
export function statisticsText(report: CheckReport, format: CheckFormat): string {
  const counts = countByRule(report);
  if (format === "json") return `${JSON.stringify(counts, null, 2)}\n`;
  const width = Math.max(0, ...counts.map(({ count }) => String(count).length));
  const lines = counts.map(({ code, name, count, fixable }) => {
    const hint = fixable > 0 ? ` (${fixable} fixable with --fix)` : "";
    return `${String(count).padStart(width)} ${code} ${name}${hint}\n`;
  });
  return `${lines.join("")}${passedOverText(report)}`;
}

/** Counts the files of which nothing is reported, by why; empty when there are none. */
export function passedOverText(report: CheckReport): string {
  const counts = new Map<string, number>();
  for (const { passedOver } of report.files) {
    if (passedOver === null) continue;
    const name = passedOverNames[passedOver];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const parts = [...counts].sort().map(([name, count]) => `${count} ${name}`);
  return parts.length === 0 ? "" : `Passed over: ${parts.join(", ")}\n`;
}

function countByRule(report: CheckReport): readonly RuleCount[] {
  const counts = new Map<string, RuleCount>();
  for (const { row } of allRows(report)) {
    const { code, name } = row;
    const { count, fixable } = counts.get(code) ?? { count: 0, fixable: 0 };
    const isFixable = row.fix?.applicability === "safe";
    counts.set(code, { code, name, count: count + 1, fixable: fixable + (isFixable ? 1 : 0) });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
