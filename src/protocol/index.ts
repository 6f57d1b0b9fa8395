export type { Checked } from "./check";
export {
  diagnosticSource,
  explainCommand,
  type FileFindings,
  type FindingsChanged,
  findingsChangedNotification,
  type FindingsParams,
  findingsRequest,
  fixAllKind,
  type LanguageFinding,
  type LanguagePosition,
  type LanguageRange,
  readFileFindings,
  readFindingsChanged,
  readFindingsParams,
  readServerOptions,
  type ServerOptions,
  settingsSection,
} from "./language";
export {
  type EmptyReason,
  type FromPanel,
  type PanelCommand,
  panelVersion,
  readFromPanel,
  readToPanel,
  type ToPanel,
} from "./panel";
export {
  type FromProbe,
  longestProbeLine,
  type ProbeProblem,
  readProbeMessage,
  readProbeToken,
  type ToProbe,
  toProbeLine,
} from "./probe";
