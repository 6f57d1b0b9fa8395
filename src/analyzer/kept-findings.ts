import type { Finding, Problem, Rule, Severity } from "#rules";
import { type ModelChanges, openModel, type OpenModel, type Reads, readsNothing } from "#semantics";
import type { EditedSource, Module, Node, NodeKind, Segment, SourceFile } from "#syntax";
import { placeFinding } from "./placed-finding";
import { type ActiveRules, activeTable, isSameSettings } from "./rule-table";
import type { ActiveRule, AnalyzerSettings } from "./settings";
import { CommentForms } from "./suppression-forms";
import { type Surroundings, type Walk, walkSegment } from "./walk";

/** What the rules say of one segment, or of the module as a whole. */
export interface SegmentFindings extends Walk {
  /** Their places move with the text. */
  readonly findings: readonly Finding[];
  /** Rules that threw, which say nothing of this segment. */
  readonly failures: readonly RuleFailure[];
  /** What else it rests on. */
  readonly reads: Reads;
}

/** A rule that failed on a text: a bug of the rule, never of the text. */
export interface RuleFailure {
  readonly rule: Rule;
  readonly error: unknown;
}

/**
 * The findings of a file, by segment. After an edit only those are made again whose segment changed,
 * or that looked at a name, a class or a statement which did.
 */
export class KeptFindings {
  /** What the file's comments say of findings. */
  readonly forms = new CommentForms();
  #file: SourceFile;
  #open: OpenModel | null = null;
  #active: ActiveRules | null = null;
  /** Under which rules and settings what is kept was found; another key empties both. */
  #key: { readonly settings: AnalyzerSettings; readonly rules: readonly Rule[] } | null = null;
  readonly #bySegment = new Map<Segment, SegmentFindings>();
  /** Of these, those that say something, and those that rest on more than their own segment. */
  readonly #speaking = new Set<Segment>();
  readonly #dependent = new Set<Segment>();
  /** Segments to look at; null before the first time, when that is all. */
  #pending: Set<Segment> | null = null;
  #ofModule: SegmentFindings | null = null;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  get file(): SourceFile {
    return this.#file;
  }

  /** Follows an edit of the file. */
  edited({ file, changed }: EditedSource): void {
    this.#file = file;
    const changes = changed && this.#open?.update(changed.removed, changed.added);
    if (!changed || !changes) this.#forget();
    else this.#dropStale(changed, changes);
  }

  /** What the rules say now: of the module, and of each segment of which they say anything. */
  findings(settings: AnalyzerSettings, rules: readonly Rule[]): readonly SegmentFindings[] {
    if (this.#key?.rules !== rules || !isSameSettings(this.#key.settings, settings)) {
      this.#forget();
      this.#key = { settings, rules };
      this.#active = activeTable(settings, rules);
    }
    const open = (this.#open ??= openModel(this.#file, settings.target ?? null));
    this.#ofModule ??= this.#run(open, check => {
      check(this.#file.module);
      return { functions: [], broken: [] };
    });
    const kinds = this.#active?.kinds ?? noKinds;
    const surroundings: Surroundings = { file: this.#file, kinds, pending: [] };
    for (const segment of this.#pending ?? this.#file.segments) {
      this.#look(segment, surroundings, open);
    }
    this.#pending = new Set();
    return [this.#ofModule, ...[...this.#speaking].flatMap(each => this.of(each) ?? [])];
  }

  /** Codes of the rules that were run last. */
  get activeCodes(): ReadonlySet<string> {
    return this.#active?.codes ?? noCodes;
  }

  /** What was last said of a segment. */
  of(segment: Segment): SegmentFindings | null {
    return this.#bySegment.get(segment) ?? null;
  }

  #look(segment: Segment, surroundings: Surroundings, open: OpenModel): void {
    const found = this.#run(open, check => walkSegment(segment, surroundings, check));
    this.#bySegment.set(segment, found);
    const { findings, broken, failures, reads } = found;
    if (findings.length + broken.length + failures.length > 0) this.#speaking.add(segment);
    if (!readsNothing(reads)) this.#dependent.add(segment);
  }

  #drop(segment: Segment): void {
    this.#bySegment.delete(segment);
    this.#speaking.delete(segment);
    this.#dependent.delete(segment);
  }

  #run(open: OpenModel, walk: (check: (node: Node | Module) => void) => Walk): SegmentFindings {
    const problems: { finding: Finding; rule: Rule }[] = [];
    const failures: RuleFailure[] = [];
    const { model } = open;
    const rulesFor = this.#active?.of ?? noRules;
    const ask = ({ rule, severity }: ActiveRule, node: Node | Module) => {
      if (failures.length > 0 && failures.some(each => each.rule === rule)) return;
      try {
        if (rule.concerns && !rule.concerns(node)) return;
        for (const problem of rule.check(node, model)) {
          problems.push({ finding: toFinding(problem, rule, severity), rule });
        }
      } catch (error) {
        failures.push({ rule, error });
      }
    };
    let walked: Walk = { functions: [], broken: [] };
    const reads = open.watched(() => {
      walked = walk(node => {
        for (const each of rulesFor(node, model)) ask(each, node);
      });
    });
    // So it is with most segments, and a file has thousands.
    if (problems.length === 0) return { ...walked, findings: none, failures, reads };
    const { segments } = this.#file;
    const findings = problems
      .filter(({ rule }) => !failures.some(each => each.rule === rule))
      .map(({ finding }) => placeFinding(finding, segments));
    return { ...walked, findings, failures, reads };
  }

  #forget(): void {
    this.#open = null;
    this.#bySegment.clear();
    this.#speaking.clear();
    this.#dependent.clear();
    this.#pending = null;
    this.#ofModule = null;
  }

  #dropStale(
    { removed, heads }: NonNullable<EditedSource["changed"]>,
    changes: ModelChanges,
  ): void {
    const isStale = staleness([...removed, ...changes.segments], changes);
    for (const segment of removed) {
      this.#drop(segment);
      this.#pending?.delete(segment);
    }
    const stale = [...this.#dependent].filter(each => {
      const kept = this.of(each);
      return kept && isStale(kept.reads);
    });
    const gone = new Set(removed);
    for (const segment of [...changes.segments, ...heads, ...stale]) {
      if (gone.has(segment)) continue;
      this.#drop(segment);
      this.#pending?.add(segment);
    }
    if (this.#ofModule && isStale(this.#ofModule.reads)) this.#ofModule = null;
  }
}

const none: readonly never[] = [];
const noCodes: ReadonlySet<string> = new Set();
const noKinds: ReadonlySet<NodeKind> = new Set();
const noRules = () => none;

/** Gives the test whether what was looked at is another than before. */
function staleness(changed: readonly Segment[], changes: ModelChanges): (reads: Reads) => boolean {
  const containers = new Set(changedContainers(changed));
  const scopes = new Set([...changes.written].map(({ scope }) => scope));
  return reads =>
    reads.allScopes ||
    meets(reads.scopes, scopes) ||
    meets(reads.attributes, changes.attributes) ||
    meets(reads.references, changes.mentioned) ||
    meets(reads.writes, changes.written) ||
    meets(reads.containers, containers);
}

function* changedContainers(segments: readonly Segment[]) {
  for (const segment of segments) {
    for (let each: Segment["container"] | null = segment.container; each; each = each.outer) {
      yield each;
    }
  }
}

/** Most segments looked at nothing else: that costs no iterator. */
function meets<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  if (some.size === 0) return false;
  for (const each of some) if (others.has(each)) return true;
  return false;
}

function toFinding(problem: Problem, rule: Rule, severity: Severity | null): Finding {
  const { code, name } = rule.meta;
  return { ...problem, code, name, severity: severity ?? problem.severity ?? rule.meta.severity };
}
