import { type AnalyzerSettings, defaultSettings, type LocatedFinding } from "#analyzer";

/** Default settings with some changed. */
export function settingsWith(changed: Partial<AnalyzerSettings>): AnalyzerSettings {
  return { ...defaultSettings, ...changed };
}

/** Findings as `code line:column`, from 1, to be compared at a glance. */
export function places(text: string, findings: readonly LocatedFinding[]): readonly string[] {
  return findings.map(({ code, span }) => {
    const before = text.slice(0, span.start).split("\n");
    return `${code} ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  });
}
