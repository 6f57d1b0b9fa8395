import type { Rule } from "#rules";
import type { Model } from "#semantics";
import type { Call, Module, Node, NodeKind } from "#syntax";
import { type ActiveRule, activeRules, type AnalyzerSettings } from "./settings";

/** Gives the rules that want to see a node. */
export type RuleTable = (node: Node | Module, model: Model) => readonly ActiveRule[];

/** The rules that are on under some settings, and which of them want to see a node. */
export interface ActiveRules {
  readonly codes: ReadonlySet<string>;
  /** Of the nodes that any of them wants to see. */
  readonly kinds: ReadonlySet<NodeKind>;
  readonly of: RuleTable;
}

/** Sorts the rules that are on; files of one project have the same, so the last ones are kept. */
export function activeTable(settings: AnalyzerSettings, rules: readonly Rule[]): ActiveRules {
  if (last?.rules === rules && isSameSettings(last.settings, settings)) return last.table;
  const active = activeRules(settings, rules);
  const codes = new Set(active.map(({ rule }) => rule.meta.code));
  const kinds = new Set(active.flatMap(({ rule }) => rule.visits));
  const table = { codes, kinds, of: createRuleTable(active) };
  last = { settings, rules, table };
  return table;
}

/** Tells whether two settings are the same. */
export function isSameSettings(a: AnalyzerSettings, b: AnalyzerSettings): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** A pure function's newest result. */
let last: {
  readonly settings: AnalyzerSettings;
  readonly rules: readonly Rule[];
  readonly table: ActiveRules;
} | null = null;

const none: readonly never[] = [];

/** Sorts by the kinds of nodes, and for calls by the names of what is called. */
function createRuleTable(active: readonly ActiveRule[]): RuleTable {
  const byKind = new Map<NodeKind, ActiveRule[]>();
  const byCallee = new Map<string, ActiveRule[]>();
  for (const entry of active) {
    for (const name of entry.rule.calls ?? none) byCallee.set(name, []);
  }
  for (const entry of active) {
    for (const kind of entry.rule.visits) {
      if (kind === "Call" && entry.rule.calls) {
        for (const name of new Set(entry.rule.calls)) byCallee.get(name)?.push(entry);
        continue;
      }
      addTo(byKind, kind, entry);
      // A rule that wants every call stands in each list, in the order of the rules.
      if (kind === "Call") for (const list of byCallee.values()) list.push(entry);
    }
  }
  return (node, model) => {
    const named = node.kind === "Call" ? byCallee.get(calleeName(node, model)) : undefined;
    return named ?? byKind.get(node.kind) ?? none;
  };
}

function addTo<K>(table: Map<K, ActiveRule[]>, key: K, entry: ActiveRule): void {
  const there = table.get(key);
  if (there) there.push(entry);
  else table.set(key, [entry]);
}

/** The last name of what is called, as its module spells it: an import may have renamed it. */
function calleeName({ callee }: Call, model: Model): string {
  if (callee.kind === "Attribute") return callee.name.text;
  if (callee.kind !== "Name") return "";
  const imported = model.bindingOf(callee)?.importedName;
  return imported ? imported.slice(imported.lastIndexOf(".") + 1) : callee.text;
}
