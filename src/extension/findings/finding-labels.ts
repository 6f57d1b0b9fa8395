import { labelEvidence } from "#evidence";
import type { LineLabel } from "../line-labels";
import type { MeasuredFinding } from "./measure";

/**
 * What a run measured of findings, for the end of their lines: one label a line. Findings come with
 * the most bytes first, and the first one stays.
 */
export function findingLabels(findings: readonly MeasuredFinding[]): readonly LineLabel[] {
  const labels = new Map<number, LineLabel>();
  for (const { finding, evidence } of findings) {
    const text = evidence && labelEvidence(evidence);
    const line = finding.range.start.line + 1;
    if (!text || labels.has(line)) continue;
    labels.set(line, { line, text, isStale: evidence.state === "stale" });
  }
  return [...labels.values()];
}
