import type { Edit, Span } from "#base";
import type { Model } from "#semantics";
import type { Node, NodeKind, NodeOf } from "#syntax";

/** How much a finding matters, from most to least. */
export type Severity = "error" | "warning" | "information" | "hint";

/** `safe` keeps behaviour and comments; `review` may change something, and says what. */
export type FixSafety = "safe" | "review";

/**
 * What mending a finding gives: less memory at the highest point, less memory kept, less time, fewer
 * copies, or objects that end when they should.
 */
export type Gain = "peak" | "retained" | "time" | "copies" | "lifetime";

/** What is public of a rule. Name and code are never reused. */
export interface RuleMeta {
  /** Kebab-case, named by the pattern it finds: `list-built-for-reduction`. */
  readonly name: string;
  /** `MEM` and three digits; the first is the category. */
  readonly code: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  /** Severity where a finding gives none of its own. */
  readonly severity: Severity;
  /** `false` for a rule that reports only when it is selected. */
  readonly isDefault?: false;
  /** At least one. Who says `peak` or `retained` proves it by a `measure` block of the page. */
  readonly gains: readonly Gain[];
  /** Codes and names under which other linters report the same; suppressions of these count too. */
  readonly peers?: readonly string[];
}

/** A change that mends a finding. */
export interface Fix {
  /** What it does, in the imperative: `Pass a generator`. */
  readonly title: string;
  readonly safety: FixSafety;
  /** What may change, in one sentence; always there when the safety is `review`. */
  readonly changes?: string;
  /** Do not overlap. */
  readonly edits: readonly Edit[];
}

/** What a rule reports. */
export interface Problem {
  /** The smallest expression that shows the problem. */
  readonly span: Span;
  /** What is there, what it costs, what to do; at most 100 characters, no full stop. */
  readonly message: string;
  readonly severity?: Severity;
  readonly fix?: Fix;
  /** Other places that belong to it, such as the line that makes a cache grow. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  /**
   * Where the memory is allocated, when that is not `span`: the `append` of a loop, the line that
   * inserts into a cache. A run's bytes on these lines are the finding's bytes.
   */
  readonly allocations?: readonly Span[];
}

/** A problem with its rule: what leaves the analyzer. */
export interface Finding extends Problem {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
}

/** A rule: what it is, which nodes it looks at, and what it reports of one. */
export interface Rule {
  readonly meta: RuleMeta;
  readonly visits: readonly NodeKind[];
  /**
   * For a rule that looks at few of the calls: the last names of what they call, as the module that
   * defines it spells them (`concat` for `pd.concat`, `sum`, `append`). It is not shown other calls.
   */
  readonly calls?: readonly string[];
  /**
   * A first look at the node alone: false where nothing can be found. Most nodes are told apart by
   * it, for much less than it takes to begin a `check`, which is a generator.
   */
  concerns?(node: Node): boolean;
  check(node: Node, model: Model): Iterable<Problem>;
}

/**
 * Declares a rule. `check` is called once for each node of the kinds in `visits`, in source order;
 * a rule that needs the whole file visits `Module`. It must be pure and silent where it does not know.
 */
export function defineRule<K extends NodeKind>(rule: {
  readonly meta: RuleMeta;
  readonly visits: readonly K[];
  readonly calls?: readonly string[];
  concerns?(node: NodeOf<K>): boolean;
  check(node: NodeOf<K>, model: Model): Iterable<Problem>;
}): Rule {
  // The engine calls `check` only with the kinds that `visits` names.
  return rule;
}
