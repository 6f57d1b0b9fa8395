import type { Bytes } from "#base";
import type { FigureSource } from "#profile";
import type { Saving } from "#rules";

/**
 * What a run says of a finding:
 * - `confirmed`: its lines hold or grew by at least the threshold;
 * - `small`: its function ran, and its lines stayed below it as far as was looked;
 * - `not-executed`: the run is known not to have reached it;
 * - `not-loaded`: the run is known not to have loaded its file;
 * - `unknown`: nothing was measured there, and it cannot be told whether the lines ran;
 * - `stale`: the file is not the one that ran.
 */
export type EvidenceState =
  "confirmed" | "small" | "not-executed" | "not-loaded" | "unknown" | "stale";

/** A finding's figures from one run. */
export interface Evidence {
  readonly state: EvidenceState;
  /** What mending the finding saves. */
  readonly saves: Saving;
  /** Where the figures come from; null when there are none. */
  readonly source: FigureSource | null;
  /** Bytes that its lines grew by in the run; when traced, the most they held. */
  readonly bytes: Bytes | null;
  readonly blocks: number | null;
  /** `bytes` as a share of the run's peak, from 0 to 1; null when either is unknown. */
  readonly share: number | null;
}

/** Below this a finding's lines are `small`. */
export const confirmedFromBytes: Bytes = 1024 * 1024;
