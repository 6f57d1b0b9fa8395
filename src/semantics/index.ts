export { namesBoundBy } from "./collect-uses";
export { isBuiltinAt } from "./builtin-at";
export { canDelay, canStandInComprehension, type Delay } from "./delay";
export { hasEffects, isSameExpression } from "./effects";
export { type LargeKind, largeKind } from "./large-values";
export { hasEffectsPerElement, partsPerElement } from "./laziness";
export { instanceClass, memberType } from "./members";
export {
  createModel,
  type Model,
  type ModelChanges,
  openModel,
  type OpenModel,
  type PythonTarget,
} from "./model";
export { type NumberType, numberTypeOf, numberTypeOfFunction } from "./number-type";
export { isInFunction, isOwned } from "./owned";
export { isQuietCall } from "./quiet-calls";
export { type OuterName, type Reads, readsNothing } from "./outer-names";
export { referencesIn } from "./references-in";
export type { Binding, BindingForm, ComprehensionNode, Reference, Scope } from "./scope";
export { writtenSpan } from "./written-span";
export type { TypeName } from "./types";
export { type ValueUse, valueUse, type ValueUseKind } from "./value-use";
