export {
  describePassed,
  limitText,
  type LimitSubject,
  type MemoryLimit,
  readLimit,
} from "./limits";
export { type Confidence, huntLeaks, type LeakHunt, type LeakSuspect } from "./leaks";
export { cellFilesIn, type CellNow, type CellPlace, readCellName } from "./cell-name";
export { createProfileBuilder, type ProfileBuilder } from "./builder";
export { type Compaction, createCompaction } from "./compaction";
export { type Comparison, type ComparedPlace, compareProfiles } from "./compare";
export { compareText, toComparisonReport } from "./compare-text";
export { type EngineWish, readEngine } from "./engine-wish";
export { bestLines, grownRows, placeOf, topRows } from "./line-rows";
export { isNearPeak, type LinesAtPeak, linesAtPeak, linesFreedSincePeak } from "./lines-at-peak";
export { describeExit, liveView, type LiveViewOptions } from "./live";
export type {
  LeakView,
  LineRow,
  LiveView,
  ProcessView,
  RunStatus,
  SnapshotView,
  StopView,
} from "./live-view";
export type {
  Collection,
  EnvironmentInfo,
  ExitInfo,
  ExitReason,
  FigureSource,
  FunctionRun,
  GitInfo,
  Level,
  LevelChange,
  LineBytes,
  LineDelta,
  LineFigures,
  Origin,
  PassedLimit,
  ProcessRun,
  Profile,
  RunInfo,
  Snapshot,
  SnapshotTrigger,
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
  refusalOf,
  type RunProblem,
  type RunReader,
  type RunReading,
} from "./read-run";
export { type Report, type ReportLine, toReport } from "./report";
export { reportText, type ReportTextOptions } from "./report-text";
export { programName } from "./program-name";
export { endOfCell, roundPlace } from "./rounds";
export {
  type CollectionsMessage,
  type CostMessage,
  type DeltaMessage,
  type EndMessage,
  type EnvironmentRecord,
  type ExitRecord,
  type FunctionsMessage,
  type GitState,
  type GoneRecord,
  type HelloMessage,
  type HostRecord,
  type LevelMessage,
  type LimitMessage,
  type LinesMessage,
  type PackageRecord,
  type ProblemMessage,
  probeVersion,
  type ProcessMessage,
  type ProcessRecord,
  type RunFileRecord,
  type RunRecord,
  runSchema,
  type SamplesMessage,
  type SnapshotMessage,
  type SourceRecord,
  type StopRecord,
  type ThinnedRecord,
} from "./records";
export { currentStops } from "./current-stops";
export { type StopsBetween, stopsBetween } from "./stops-between";
export { betweenText, toBetweenReport } from "./between-text";
export { type BetweenView, betweenView } from "./between-view";
export { type StepLabel, stepLabels } from "./step-labels";
export { type TopType, topTypeOf } from "./top-type";
