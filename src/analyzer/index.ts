export { didYouMean } from "./closest";
export { type Analysis, analyze, type AnalyzeOptions, type LocatedFinding } from "./analyze";
export {
  type Configuration,
  defaultExcludes,
  emptyConfiguration,
  excludesOf,
  isExcluded,
  type PerFileIgnore,
  settingsForFile,
} from "./configuration";
export { selectorProblem } from "./configuration-keys";
export type { RuleFailure } from "./kept-findings";
export { fixAll } from "./fix-all";
export { applyFixes, type FixResult, type FixScope, lineEndOf, withLineEnds } from "./fixes";
export { type CellText, joinCells, type NotebookText, readCell } from "./notebook";
export {
  analyzeCells,
  cellAt,
  type FixedCells,
  fixCells,
  type NotebookAnalysis,
} from "./notebook-analysis";
export { type FileCell, type NotebookFile, readNotebook, writeNotebook } from "./notebook-file";
export { analyzeText, fixText, openText, type OpenText } from "./open-text";
export {
  type PassedOver,
  headLength,
  passedOverBroken,
  passedOverByHead,
  passedOverNames,
} from "./passed-over";
export { pathMatcher } from "./path-pattern";
export { readTarget, targetNames } from "./python-target";
export {
  configurationFiles,
  type ConfigurationProblem,
  type ConfigurationReading,
  readConfiguration,
} from "./read-configuration";
export { findRunTargets, isTestFile, type RunTarget } from "./run-targets";
export {
  type ActiveRule,
  activeRules,
  type AnalyzerSettings,
  checksNamed,
  defaultSettings,
  isKnownSelector,
  knownChecks,
  suggestSelector,
} from "./settings";
export { suppressEdit } from "./suppress-edit";
export { type CheckMeta, unusedSuppression } from "./unused-suppression";
