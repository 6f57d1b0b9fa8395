import type { CheckMeta } from "#analyzer";

export interface SelectorSchema {
  readonly anyOf: readonly {
    readonly enum?: readonly string[];
    readonly enumDescriptions?: readonly string[];
    readonly pattern?: string;
  }[];
}

export function selectorSchema(checks: readonly CheckMeta[]): SelectorSchema;
export function severitySchema(checks: readonly CheckMeta[]): object;
export function configurationSchema(
  checks: readonly CheckMeta[],
  targets: readonly string[],
): { readonly properties: Readonly<Record<string, object>> };
export function withSettings(manifest: unknown, checks: readonly CheckMeta[]): unknown;
