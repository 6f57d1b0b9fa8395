import type { Attribute, Node, Segment, SourceFile } from "#syntax";
import type { Watch } from "./outer-names";

/**
 * Where attributes of a name stand in a file, so that a question about one member does not go over
 * a whole class. Made when somebody asks, and kept by segment from then on.
 */
export class AttributeIndex {
  readonly #file: SourceFile;
  readonly #watch: Watch;
  #bySegment: Map<Segment, ReadonlyMap<string, readonly Attribute[]>> | null = null;
  readonly #segmentsOf = new Map<string, Set<Segment>>();

  constructor(file: SourceFile, watch: Watch) {
    this.#file = file;
    this.#watch = watch;
  }

  /** Every `x.name` of the file, whatever `x` is, in source order. */
  named(name: string): readonly Attribute[] {
    this.#watch.reads?.attributes.add(name);
    const index = (this.#bySegment ??= this.#indexAll());
    const segments = [...(this.#segmentsOf.get(name) ?? [])].sort((a, b) => a.offset - b.offset);
    return segments.flatMap(segment => index.get(segment)?.get(name) ?? []);
  }

  /** Exchanges segments; gives the names of the attributes that stand in any of them. */
  update(removed: readonly Segment[], added: readonly Segment[]): ReadonlySet<string> {
    const names = new Set<string>();
    const index = this.#bySegment;
    if (!index) return names;
    for (const segment of removed) {
      for (const name of index.get(segment)?.keys() ?? []) {
        names.add(name);
        this.#segmentsOf.get(name)?.delete(segment);
      }
      index.delete(segment);
    }
    for (const segment of added) {
      for (const name of this.#index(segment, index)) names.add(name);
    }
    return names;
  }

  #indexAll(): Map<Segment, ReadonlyMap<string, readonly Attribute[]>> {
    const index = new Map<Segment, ReadonlyMap<string, readonly Attribute[]>>();
    for (const segment of this.#file.segments) this.#index(segment, index);
    return index;
  }

  #index(
    segment: Segment,
    into: Map<Segment, ReadonlyMap<string, readonly Attribute[]>>,
  ): Iterable<string> {
    const found = attributesIn(segment);
    into.set(segment, found);
    for (const name of found.keys()) {
      const segments = this.#segmentsOf.get(name);
      if (segments) segments.add(segment);
      else this.#segmentsOf.set(name, new Set([segment]));
    }
    return found.keys();
  }
}

/** The attributes of a segment's own code by name; members have segments of their own. */
function attributesIn({ statements, inner }: Segment): ReadonlyMap<string, readonly Attribute[]> {
  const found = new Map<string, Attribute[]>();
  const members = inner?.node?.kind === "ClassDef" ? inner.node.body : null;
  const pending: Node[] = [...statements].reverse();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === "Attribute") {
      const there = found.get(node.name.text);
      if (there) there.push(node);
      else found.set(node.name.text, [node]);
    }
    if (node === members) continue;
    const { children } = node;
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child) pending.push(child);
    }
  }
  return found;
}
