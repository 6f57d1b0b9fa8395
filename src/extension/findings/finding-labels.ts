import { type Bytes, formatBytes, formatBytesRoughly } from "#base";
import { type Evidence, labelEvidence } from "#evidence";
import type { LineLabel } from "../line-labels";
import type { MeasuredFinding } from "./measure";

/**
 * What a run measured of findings, for the end of their lines: one label a line. Findings come with
 * the most bytes first, and the first one stays. A line of which a stop tells the same bytes, in
 * `shown` by line, needs no other label.
 */
export function findingLabels(
  findings: readonly MeasuredFinding[],
  shown: ReadonlyMap<number, Bytes> = new Map(),
): readonly LineLabel[] {
  const labels = new Map<number, LineLabel | null>();
  for (const { finding, evidence } of findings) {
    const text = evidence && labelEvidence(evidence);
    const line = finding.range.start.line + 1;
    if (!text || labels.has(line)) continue;
    const isShown = isSame(evidence, shown.get(line));
    labels.set(line, isShown ? null : { line, text, isStale: evidence.state === "stale" });
  }
  return [...labels.values()].filter(label => label !== null);
}

/** Whether two figures read the same: sampled ones are written in round numbers. */
function isSame({ bytes, source }: Evidence, shown: Bytes | undefined): boolean {
  if (bytes === null || shown === undefined) return false;
  const written = source === "sampled" ? formatBytesRoughly : formatBytes;
  return written(bytes) === written(shown);
}
