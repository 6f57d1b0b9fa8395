import type { Span } from "#base";

/** A JSON value with the place where it stands; the value itself is read by `JSON.parse`. */
export type PlacedJson =
  | {
      readonly kind: "object";
      readonly span: Span;
      readonly entries: ReadonlyMap<string, PlacedJson>;
    }
  | { readonly kind: "array"; readonly span: Span; readonly items: readonly PlacedJson[] }
  | { readonly kind: "string" | "scalar"; readonly span: Span };

/** What is being read, with its parts so far. */
interface Open {
  readonly start: number;
  /** Null in an array. */
  readonly entries: Map<string, PlacedJson> | null;
  readonly items: PlacedJson[];
  key: string | null;
}

/** Finds the places of all values of a text that is valid JSON. Uses no recursion. */
export function placeJson(text: string): PlacedJson {
  const open: Open[] = [];
  let at = 0;
  for (;;) {
    at = skipSpace(text, at);
    const character = text[at];
    const top = open.at(-1);
    let value: PlacedJson;
    if (character === "{" || character === "[") {
      const entries = character === "{" ? new Map<string, PlacedJson>() : null;
      open.push({ start: at, entries, items: [], key: null });
      at++;
      continue;
    } else if ((character === "}" || character === "]") && top) {
      const span = { start: top.start, end: at + 1 };
      value = top.entries
        ? { kind: "object", span, entries: top.entries }
        : { kind: "array", span, items: top.items };
      open.pop();
    } else if (character === "," || character === ":") {
      at++;
      continue;
    } else {
      const end = character === '"' ? stringEnd(text, at) : scalarEnd(text, at);
      const span = { start: at, end };
      if (character === '"' && top?.entries && top.key === null) {
        top.key = String(JSON.parse(text.slice(at, end)));
        at = end;
        continue;
      }
      value = { kind: character === '"' ? "string" : "scalar", span };
    }
    at = value.span.end;
    const parent = open.at(-1);
    if (!parent) return value;
    if (parent.entries) parent.entries.set(parent.key ?? "", value);
    else parent.items.push(value);
    parent.key = null;
  }
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text[at] ?? "x")) at++;
  return at;
}

/** The offset behind the closing quote. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function scalarEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !/[\s,\]}]/.test(text[at] ?? "")) at++;
  return at;
}
