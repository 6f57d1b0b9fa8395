export { namesBoundBy } from "./bind";
export { hasEffects, isSameExpression } from "./effects";
export { hasEffectsPerElement, partsPerElement } from "./laziness";
export { instanceClass, memberType } from "./members";
export { createModel, type Model } from "./model";
export type { Binding, BindingForm, ComprehensionNode, Reference, Scope } from "./scope";
export type { TypeName } from "./types";
export { type ValueUse, valueUse, type ValueUseKind } from "./value-use";
