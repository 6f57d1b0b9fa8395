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
export type { LineRow, LiveView, RunStatus } from "./live-view";
