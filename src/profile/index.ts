export { createProfileBuilder, type ProfileBuilder } from "./builder";
export { type Comparison, type ComparedPlace, compareProfiles } from "./compare";
export { compareText, toComparisonReport } from "./compare-text";
export { describeExit, grownRows, liveView, type LiveViewOptions, placeOf } from "./live";
export type { LineRow, LiveView, RunStatus } from "./live-view";
export type {
  Collection,
  ExitInfo,
  FigureSource,
  FunctionRun,
  Level,
  LineDelta,
  LineFigures,
  Origin,
  Profile,
  RunInfo,
  SourceFile,
  Stop,
  Timeline,
} from "./model";
export { originOf, type Places } from "./origin";
export { longestLine, readProcessMessage, readRecord, type RecordProblem } from "./read-record";
export {
  createRunReader,
  readRun,
  readRunLines,
  type RunProblem,
  type RunReader,
  type RunReading,
} from "./read-run";
export { type Report, type ReportLine, toReport } from "./report";
export { reportText, type ReportTextOptions } from "./report-text";
export {
  type CollectionsMessage,
  type CostMessage,
  type DeltaMessage,
  type EndMessage,
  type ExitRecord,
  type FunctionsMessage,
  type HelloMessage,
  type HostRecord,
  type LinesMessage,
  type ProblemMessage,
  probeVersion,
  type ProcessMessage,
  type ProcessRecord,
  type RunFileRecord,
  type RunRecord,
  runSchema,
  type SamplesMessage,
  type SourceRecord,
  type StopRecord,
} from "./records";
