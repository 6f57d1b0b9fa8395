import { didYouMean, selectorProblem } from "#analyzer";
import { settingsSection } from "#protocol";
import { severityNames } from "./settings";

/**
 * Says which words in the section `memoryInsights` name no rule or no severity. They are ignored,
 * and no editor underlines them where a name only has to look like a code.
 */
export function settingProblems(section: unknown): readonly string[] {
  if (!isRecord(section)) return [];
  const { select, ignore, rules } = section;
  const severities = isRecord(rules) ? Object.entries(rules) : [];
  return [
    ...selectorProblems("select", isList(select) ? select : []),
    ...selectorProblems("ignore", isList(ignore) ? ignore : []),
    ...selectorProblems(
      "rules",
      severities.map(([selector]) => selector),
    ),
    ...severities.flatMap(([selector, severity]) => severityProblem(selector, severity) ?? []),
  ];
}

function selectorProblems(key: string, selectors: readonly unknown[]): readonly string[] {
  return selectors.flatMap(selector => {
    const problem = typeof selector === "string" ? selectorProblem(selector) : null;
    return problem === null ? [] : [`${settingsSection}.${key}: ${problem}`];
  });
}

function severityProblem(selector: string, severity: unknown): string | null {
  if (typeof severity !== "string" || severityNames.some(name => name === severity)) return null;
  const hint = didYouMean(severity, severityNames);
  return `${settingsSection}.rules: unknown severity "${severity}" of ${selector}${hint}`;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
