export { briefEvidence, describeEvidence, labelEvidence } from "./describe";
export { confirmedFromBytes, type Evidence, type EvidenceState } from "./evidence";
export { evidenceFor } from "./evidence-for";
export { fileKey, type FindingPlace, type LineRange } from "./place";
