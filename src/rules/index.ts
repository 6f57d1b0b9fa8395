import { listBuiltForReduction } from "./collections/list-built-for-reduction";
import type { Rule } from "./rule";

/** All rules, sorted by code. */
export const rules: readonly Rule[] = [listBuiltForReduction];

export type { Finding, Fix, FixSafety, Problem, Rule, RuleMeta, Severity } from "./rule";
