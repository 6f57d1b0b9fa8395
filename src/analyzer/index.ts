export {
  type Analysis,
  analyze,
  type AnalyzeOptions,
  type LocatedFinding,
  type RuleFailure,
} from "./analyze";
export { type Analyzer, createAnalyzer, type OpenText, type ParserFiles } from "./analyzer";
export { fixAll } from "./fix-all";
export { applyFixes, type FixResult, type FixScope, lineEndOf, withLineEnds } from "./fixes";
export {
  type ActiveRule,
  activeRules,
  type AnalyzerSettings,
  defaultSettings,
  isKnownSelector,
  suggestSelector,
} from "./settings";
export { suppressEdit } from "./suppress-edit";
