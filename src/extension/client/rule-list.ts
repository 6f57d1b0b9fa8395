/** What a list of rules says of one. */
export interface RuleEntry {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
}

/** What is read of the manifest: the setting whose values name all rules. */
interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly items?: SelectorItems }>>;
    }[];
  };
}

interface SelectorItems {
  readonly anyOf: readonly {
    readonly enum?: readonly string[];
    readonly enumDescriptions?: readonly string[];
  }[];
}

/**
 * Reads the rules, sorted by code, from the extension's own manifest: `npm run schemas` writes them
 * there, and so the rules themselves need not be loaded to list them.
 */
export function readRuleList(manifest: unknown): readonly RuleEntry[] {
  const { configuration } = (manifest as Manifest).contributes;
  const select = configuration.flatMap(
    ({ properties }) => properties["memoryInsights.select"]?.items?.anyOf ?? [],
  );
  return select.flatMap(({ enum: selectors = [], enumDescriptions = [] }) =>
    selectors.flatMap((code, index) => {
      const [, name, summary] = /^([a-z0-9-]+): (.*)$/.exec(enumDescriptions[index] ?? "") ?? [];
      return /^MEM\d{3}$/.test(code) && name && summary ? [{ code, name, summary }] : [];
    }),
  );
}
