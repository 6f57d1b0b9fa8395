import type { Span } from "#base";
import type { ClassDef, Comment, Module, Statement } from "./ast";

/**
 * A stretch of whole lines that can be read again by itself: statements of the module or of a class
 * in it, with the lines that follow up to the next segment. Its nodes keep their places relative to
 * its start, so that an edit before it moves it by one number.
 */
export interface Segment {
  /** Where its first line starts. */
  offset: number;
  /** Its lines. */
  text: string;
  readonly container: Container;
  /** Those that begin here; several only when they share a line. A class's members stand below it. */
  readonly statements: Statement[];
  /** The members of its class, when it is the head of one whose members have segments of their own. */
  inner: Container | null;
  readonly comments: Comment[];
  /** Those of them that may speak to a tool. */
  readonly directives: Comment[];
  /** Where it is not Python. */
  readonly errors: Span[];
  /** False when its first statement does not stand in the column of its container. */
  isRegular: boolean;
  /** True with a triple quote that seems to have no end. */
  hasOpenQuote: boolean;
}

/** The list of statements of the module, or of a class that stands in such a list. */
export interface Container {
  /** Known when it has been read. */
  node: Module | ClassDef | null;
  /** Around it; null for the module's. */
  readonly outer: Container | null;
  /** The segment in which its class begins; null for the module's. */
  readonly head: Segment | null;
  /** The statements themselves; the tree's own array. */
  readonly body: Statement[];
  readonly column: number;
  /** How deep blocks nest here. */
  readonly depth: number;
  readonly watch: ContainerWatch;
}

/**
 * Where containers are noted whose statements are read through the tree, while somebody wants to
 * know. A set and not a function: V8 makes a function that is assigned to a property in its old
 * space, where it keeps the file alive long after.
 */
export interface ContainerWatch {
  read: Set<Container> | null;
}

/** The statements of a container as the tree shows them. */
export function statementsOf(container: Container): readonly Statement[] {
  container.watch.read?.add(container);
  return container.body;
}

export function createSegment(container: Container, offset: number): Segment {
  return {
    offset,
    text: "",
    container,
    statements: [],
    inner: null,
    comments: [],
    directives: [],
    errors: [],
    isRegular: true,
    hasOpenQuote: false,
  };
}

/** A place that moves with its segment. */
export class PlacedSpan implements Span {
  readonly segment: Segment;
  readonly from: number;
  readonly to: number;

  /** @param start and `end` are offsets into the text as it is now. */
  constructor(segment: Segment, start: number, end: number) {
    this.segment = segment;
    this.from = start - segment.offset;
    this.to = end - segment.offset;
  }

  get start(): number {
    return this.segment.offset + this.from;
  }

  get end(): number {
    return this.segment.offset + this.to;
  }
}

/** The place of a class or block whose statements have segments of their own: it ends where they do. */
export class ListSpan implements Span {
  readonly head: Span | null;
  readonly body: readonly Statement[];

  /** @param head where it starts; null when it starts with its first statement. */
  constructor(head: Span | null, body: readonly Statement[]) {
    this.head = head;
    this.body = body;
  }

  get start(): number {
    return (this.head ?? this.body[0]?.span)?.start ?? 0;
  }

  get end(): number {
    return this.body.at(-1)?.span.end ?? this.head?.end ?? 0;
  }
}

/** Index of the segment whose lines hold an offset. */
export function segmentAt(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
