import type { Edit } from "#base";
import type { Statement } from "./ast";
import { tokenizeLines } from "./lexer/lexer";
import { parseLines, type ParsedLines } from "./parser/containers";
import { type Container, type Segment, segmentAt } from "./segment";
import { distribute, ParsedText, type SourceFile } from "./source-file";

/** A file after edits, and what of it is new. */
export interface EditedSource {
  readonly file: SourceFile;
  /** Null when all of it was read again; then `file` is another object. */
  readonly changed: {
    readonly removed: readonly Segment[];
    readonly added: readonly Segment[];
    /** Heads of classes that were broken and are not any more, or the other way round. */
    readonly heads: readonly Segment[];
  } | null;
}

/** With more edits than this at once, reading all of the text costs no more. */
const mostEdits = 8;

/**
 * Applies edits that refer to the text before them and do not overlap. Reads again only the
 * segments that they touch, where that gives the same tree as reading all; the file given is
 * changed then and is the one that comes back.
 */
export function editSource(file: SourceFile, edits: readonly Edit[]): EditedSource {
  const sorted = [...edits].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
  if (!(file instanceof ParsedText) || edits.length > mostEdits) return readAgain(file, sorted);
  const removed = new Set<Segment>();
  const added = new Set<Segment>();
  const heads: Segment[] = [];
  for (const [index, edit] of sorted.entries()) {
    const step = editOnce(file, edit);
    if (!step) return readAgain(file, sorted.slice(index));
    for (const each of step.removed) if (!added.delete(each)) removed.add(each);
    for (const each of step.added) added.add(each);
    heads.push(...step.heads);
  }
  return { file, changed: { removed: [...removed], added: [...added], heads } };
}

/** @param edits from the last to the first. */
function readAgain(file: SourceFile, edits: readonly Edit[]): EditedSource {
  const text = edits.reduce(applyEdit, file.text);
  return { file: new ParsedText(text), changed: null };
}

function applyEdit(text: string, { span, text: inserted }: Edit): string {
  return text.slice(0, span.start) + inserted + text.slice(span.end);
}

/** Segments side by side in one container, by their indices in the file; both ends belong to it. */
interface Region {
  readonly container: Container;
  readonly first: number;
  readonly last: number;
}

type Step = NonNullable<EditedSource["changed"]>;

/** Tries ever larger regions around an edit; null when only the whole file will do. */
function editOnce(file: ParsedText, edit: Edit): Step | null {
  const { segments } = file;
  if (!segments.every(each => each.isRegular)) return null;
  let region = regionAround(segments, edit);
  while (region) {
    const step = replaceRegion(file, region, edit);
    if (step) return step === "open" ? null : step;
    region = isWhole(region, segments) ? null : regionOfClass(segments, region.container);
  }
  return null;
}

function isWhole(region: Region, segments: readonly Segment[]): boolean {
  return region.first === 0 && region.last === segments.length - 1;
}

/** The segments whose lines an edit touches, and those whose reading depends on them. */
function regionAround(segments: readonly Segment[], edit: Edit): Region | null {
  const first = segmentAt(segments, edit.span.start);
  const last = Math.max(first, segmentAt(segments, edit.span.end - 1));
  let region = joined(segments, first, last);
  // What stands before may have been read to its end only because of what stood here.
  if (region && hasOpenEnd(segments[region.first - 1])) {
    region = joined(segments, region.first - 1, region.last);
  }
  // The last line must still end before the next segment begins.
  if (region && region.last + 1 < segments.length && !endsLine(linesOf(segments, region, edit))) {
    region = joined(segments, region.first, region.last + 1);
  }
  return region;
}

function hasOpenEnd(segment: Segment | undefined): boolean {
  return segment !== undefined && segment.errors.length > 0;
}

/** The smallest region that holds two segments, in the innermost container that holds both. */
function joined(segments: readonly Segment[], first: number, last: number): Region | null {
  const from = segments[first];
  const to = segments[last];
  if (!from || !to) return null;
  let container: Container | null = from.container;
  while (container && !holds(container, to.container)) container = container.outer;
  if (!container) return null;
  return {
    container,
    first: segments.indexOf(topmost(from, container)),
    last: lastBelow(segments, last, container),
  };
}

function holds(outer: Container, inner: Container): boolean {
  for (let each: Container | null = inner; each; each = each.outer) if (each === outer) return true;
  return false;
}

/** The segment of a container in which a segment stands, itself or below it. */
function topmost(segment: Segment, container: Container): Segment {
  let top = segment;
  while (top.container !== container && top.container.head) top = top.container.head;
  return top;
}

/** The last segment of the statement of a container to which the one at an index belongs. */
function lastBelow(segments: readonly Segment[], index: number, container: Container): number {
  let last = index;
  for (;;) {
    const next = segments[last + 1];
    if (!next || next.container === container || !holds(container, next.container)) return last;
    last++;
  }
}

/** The class of a container as a part of the container around it. */
function regionOfClass(segments: readonly Segment[], container: Container): Region | null {
  const { head } = container;
  if (!head) return { container, first: 0, last: segments.length - 1 };
  const index = segments.indexOf(head);
  return joined(segments, index, index);
}

/** The lines of a region after the edit. */
function linesOf(segments: readonly Segment[], { first, last }: Region, edit: Edit): string {
  const start = segments[first]?.offset ?? 0;
  const before = segments.slice(first, last + 1).map(each => each.text);
  return applyEdit(before.join(""), {
    span: { start: edit.span.start - start, end: edit.span.end - start },
    text: edit.text,
  });
}

function endsLine(lines: string): boolean {
  return lines === "" || lines.endsWith("\n") || lines.endsWith("\r");
}

/** How much of the next line tells whether it begins a statement. */
const glance = 80;

/** `open` when the lines do not end where the region does, and those of no larger region would. */
function replaceRegion(file: ParsedText, region: Region, edit: Edit): Step | "open" | null {
  const { segments } = file;
  const { container, first, last } = region;
  const lines = linesOf(segments, region, edit);
  if (mayCloseQuote(segments, region, lines)) return "open";
  const next = segments[last + 1];
  if (next && !endsLine(lines)) return null;
  const tokens = tokenizeLines(lines, next?.text.slice(0, glance) ?? "");
  if (tokens.isOpen) return "open";
  const parsed = parseLines(tokens, container);
  if (!parsed || needsMore(parsed, next, container)) return null;
  const removed = segments.slice(first, last + 1);
  const old = removed.filter(each => each.container === container).flatMap(each => each.statements);
  if (container.outer && container.body.length - old.length + parsed.statements.length === 0) {
    return null;
  }
  distribute(parsed, tokens, lines);
  // Empty segments would add up, and hide from an edit what stands before them.
  const added = lines === "" && removed.length < segments.length ? [] : parsed.segments;
  const start = segments[first]?.offset ?? 0;
  for (const each of added) each.offset += start;
  exchange(container, placeIn(segments, region, old), old.length, parsed.statements);
  const before = { start, end: next?.offset ?? endOf(segments) };
  segments.splice(first, removed.length, ...added);
  shift(segments, first + added.length, edit);
  file.linesChanged(before, lines);
  return { removed, added, heads: markBroken(file, container) };
}

/** Whether a triple quote far before may end, or have ended but for a letter, in these lines. */
function mayCloseQuote(segments: readonly Segment[], region: Region, lines: string): boolean {
  const { first, last } = region;
  if (!segments.slice(0, first).some(each => each.hasOpenQuote)) return false;
  const before = segments.slice(first, last + 1).map(each => each.text);
  return [lines, ...before].some(text => text.includes('"""') || text.includes("'''"));
}

function endOf(segments: readonly Segment[]): number {
  const last = segments.at(-1);
  return last ? last.offset + last.text.length : 0;
}

/** Decorators whose function or class is in the next segment. */
function needsMore(parsed: ParsedLines, next: Segment | undefined, container: Container): boolean {
  const last = parsed.statements.at(-1);
  const isOpen = last?.kind === "Unknown" && last.children.at(-1)?.kind === "Decorator";
  return isOpen && next?.container === container;
}

/** Index in the container's statements at which those of a region begin. */
function placeIn(
  segments: readonly Segment[],
  { container, first }: Region,
  old: readonly Statement[],
): number {
  const [one] = old;
  if (one) return container.body.indexOf(one);
  for (let index = first - 1; index >= 0; index--) {
    const segment = segments[index];
    const before = segment?.container === container ? segment.statements.at(-1) : undefined;
    if (before) return container.body.indexOf(before) + 1;
  }
  return 0;
}

function exchange(
  container: Container,
  at: number,
  count: number,
  statements: readonly Statement[],
): void {
  const { node } = container;
  const holder = node?.kind === "ClassDef" ? node.body : node;
  for (const each of statements) (each as { parent: Statement["parent"] }).parent = holder;
  container.body.splice(at, count, ...statements);
}

function shift(segments: readonly Segment[], from: number, edit: Edit): void {
  const delta = edit.text.length - (edit.span.end - edit.span.start);
  if (delta === 0) return;
  for (let index = from; index < segments.length; index++) {
    const segment = segments[index];
    if (segment) segment.offset += delta;
  }
}

/**
 * The module and the classes around an edit are broken as long as something in them is. Gives the
 * heads of the classes for which that is another answer than before.
 */
function markBroken(file: ParsedText, container: Container): readonly Segment[] {
  const toggled: Segment[] = [];
  const broken = new Set<Container>();
  for (const segment of file.segments) {
    if (segment.errors.length === 0) continue;
    const inside = segment.inner ?? segment.container;
    for (let each: Container | null = inside; each; each = each.outer) broken.add(each);
  }
  for (let each: Container | null = container; each; each = each.outer) {
    const { node } = each;
    if (!node) continue;
    if (each.head && node.isBroken !== broken.has(each)) toggled.push(each.head);
    const flagged: { isBroken: boolean }[] = node.kind === "ClassDef" ? [node, node.body] : [node];
    for (const one of flagged) one.isBroken = broken.has(each);
  }
  return toggled;
}
