import type { Span } from "#base";
import type { Tree } from "web-tree-sitter";
import type { Comment } from "./ast";

/**
 * A parse tree as columns, in pre-order. Crossing from WebAssembly costs more than parsing does, so
 * the tree is read once and freed; whatever comes later works on these.
 */
export interface FlatTree {
  readonly text: string;
  readonly size: number;
  /** Index into the names of node types. */
  readonly types: Uint16Array;
  /** Id of the field that holds the node in its parent, 0 when none. */
  readonly fields: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Index after the last descendant; the next sibling stands there, if there is one. */
  readonly after: Uint32Array;
  /** 1 where the node is an error, is missing in the text, or holds such a node. */
  readonly broken: Uint8Array;
  readonly comments: readonly Comment[];
  /** The innermost places that do not parse, sorted. */
  readonly errors: readonly Span[];
}

/** Types that the reader treats by themselves; numbers of the grammar in use. */
export interface ReaderTypes {
  readonly comment: number;
  readonly lineContinuation: number;
  /** tree-sitter's own type of an error node. */
  readonly error: number;
}

/**
 * Reads a whole parse tree. Depth of nesting costs no stack. What holds one of the `masked` spans
 * counts as broken, though it parses: something else stands there in the real text.
 */
export function readFlatTree(
  tree: Tree,
  text: string,
  special: ReaderTypes,
  masked: readonly Span[] = [],
): FlatTree {
  const columns = growingColumns(Math.max(64, text.length >> 1));
  const comments: Comment[] = [];
  const errors: Span[] = [];
  const open: number[] = [];
  const cursor = tree.walk();
  const missing: number[] = [];

  for (let isDone = false; !isDone;) {
    const type = cursor.nodeTypeId;
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    let hasEntered = false;
    if (type === special.comment) {
      comments.push({ span: { start, end }, text: text.slice(start, end) });
    } else if (type !== special.lineContinuation) {
      const at = columns.push(type, cursor.currentFieldId, start, end);
      if (masked.some(span => start < span.end && span.start < end)) missing.push(at);
      if (type === special.error) {
        missing.push(at);
        errors.push({ start, end });
      } else if (start === end && cursor.nodeIsMissing) {
        missing.push(at);
        errors.push({ start, end });
      }
      hasEntered = cursor.gotoFirstChild();
      if (hasEntered) open.push(at);
      else columns.close(at);
    }
    if (hasEntered) continue;
    while (!cursor.gotoNextSibling()) {
      const parent = open.pop();
      if (parent === undefined || !cursor.gotoParent()) {
        isDone = true;
        break;
      }
      columns.close(parent);
    }
  }
  cursor.delete();
  return { text, ...columns.finish(missing), comments, errors };
}

/** Columns that double when they are full. */
function growingColumns(capacity: number) {
  let types = new Uint16Array(capacity);
  let fields = new Uint8Array(capacity);
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  let after = new Uint32Array(capacity);
  let size = 0;

  function grow(): void {
    const wider = types.length * 2;
    types = copyInto(new Uint16Array(wider), types);
    fields = copyInto(new Uint8Array(wider), fields);
    starts = copyInto(new Uint32Array(wider), starts);
    ends = copyInto(new Uint32Array(wider), ends);
    after = copyInto(new Uint32Array(wider), after);
  }

  return {
    push(type: number, field: number, start: number, end: number): number {
      if (size === types.length) grow();
      types[size] = type;
      fields[size] = field;
      starts[size] = start;
      ends[size] = end;
      return size++;
    },
    close(index: number): void {
      after[index] = size;
    },
    finish(missing: readonly number[]) {
      return {
        size,
        types,
        fields,
        starts,
        ends,
        after,
        broken: brokenNodes(size, after, missing),
      };
    },
  };
}

function copyInto<T extends Uint8Array | Uint16Array | Uint32Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

/** Marks the given nodes and all that hold them: those that start before and end after. */
function brokenNodes(size: number, after: Uint32Array, places: readonly number[]): Uint8Array {
  const broken = new Uint8Array(size);
  if (places.length === 0) return broken;
  const isPlace = new Set(places);
  const path: number[] = [];
  for (let i = 0; i < size; i++) {
    while (path.length > 0 && (after[path.at(-1) ?? 0] ?? 0) <= i) path.pop();
    path.push(i);
    if (!isPlace.has(i)) continue;
    for (let k = path.length - 1; k >= 0; k--) {
      const holder = path[k] ?? 0;
      if (broken[holder] === 1 && k < path.length - 1) break;
      broken[holder] = 1;
    }
  }
  return broken;
}
