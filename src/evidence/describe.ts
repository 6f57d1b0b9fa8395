import { formatBytes, formatBytesRoughly } from "#base";
import type { Evidence } from "./evidence";

/**
 * Says in words what a run found: `measured 120.4 MiB (56 % of the peak, traced)`, or `measured about
 * 120 MiB` where it was sampled. A run that goes on may still find more.
 */
export function describeEvidence(evidence: Evidence, hasEnded = true): string {
  switch (evidence.state) {
    case "confirmed":
      return measuredText(evidence, true) + (evidence.saves === "time" ? savesTime : "");
    case "small":
      return evidence.saves === "kept" ? keptElsewhere : littleSeen;
    case "not-executed":
      return "not executed in this run";
    case "not-loaded":
      return "its file was not loaded in this run";
    case "unknown":
      return hasEnded ? "no data from this run" : "no data yet";
    case "stale":
      return evidence.bytes
        ? `~ ${measuredText(evidence, false)}; the file changed since the run`
        : "the file changed since the run";
  }
}

/** Says it as briefly as can be, bytes first, for a list: `120.4 MiB`, `small`, `no data yet`. */
export function briefEvidence(evidence: Evidence, hasEnded = true): string {
  switch (evidence.state) {
    case "confirmed":
      return bytesText(evidence, "≈ ");
    case "small":
      return evidence.saves === "kept" ? "not measured" : "small";
    case "not-executed":
      return "not executed";
    case "not-loaded":
      return "not loaded";
    case "unknown":
      return hasEnded ? "no data" : "no data yet";
    case "stale":
      return evidence.bytes ? `~ ${bytesText(evidence, "")} · file changed` : "file changed";
  }
}

/**
 * Says it in a few words for the end of a line: `measured 38.2 MiB (traced)`, with `~` before it
 * when the file changed since. Null where there is nothing worth a reader's glance.
 */
export function labelEvidence(evidence: Evidence): string | null {
  switch (evidence.state) {
    case "confirmed":
      return evidence.saves === "time" ? null : measuredText(evidence, false);
    case "small":
    case "not-executed":
      if (evidence.state === "small" && evidence.saves !== "bytes") return null;
      return describeEvidence(evidence);
    // A run says nothing of files that it has nothing to do with.
    case "not-loaded":
    case "unknown":
      return null;
    case "stale":
      return evidence.bytes ? `~ ${measuredText(evidence, false)}` : null;
  }
}

/** What is there between two looks only, none of them sees. */
const littleSeen = "less than 1 MiB was seen there";
const savesTime = "; to mend it saves time, not memory";
const keptElsewhere = "what it keeps alive was made by other lines, and is not measured";

function measuredText(evidence: Evidence, withShare: boolean): string {
  const share = withShare && evidence.share !== null ? shareText(evidence.share) : null;
  const notes = [share, evidence.source].filter(note => note !== null).join(", ");
  const bytes = bytesText(evidence, "about ");
  return notes === "" ? `measured ${bytes}` : `measured ${bytes} (${notes})`;
}

/** Sampled figures are right within 15 % at best: they are not written as if they were exact. */
function bytesText({ bytes, source }: Evidence, about: string): string {
  if (source !== "sampled") return formatBytes(bytes ?? 0);
  return about + formatBytesRoughly(bytes ?? 0);
}

function shareText(share: number): string {
  const percent = Math.round(share * 100);
  return percent < 1 ? "under 1 % of the peak" : `${percent} % of the peak`;
}
