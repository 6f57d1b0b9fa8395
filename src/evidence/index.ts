export { confirmedFromBytes, type Evidence, type EvidenceState } from "./evidence";
