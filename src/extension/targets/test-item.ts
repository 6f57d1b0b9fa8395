import type { LanguageRunTarget } from "#protocol";
import { targetAt } from "./target-at";
import type { Wanted } from "./target-launch";

/** What a test explorer's item says of itself, whoever owns it. */
export interface TestPlace {
  readonly id: string;
  /** From 0; null of a whole file or folder. */
  readonly line: number | null;
}

/** Reads what a menu of the test explorer hands over; null when it does not say where it stands. */
export function readTestItem(value: unknown): (TestPlace & { readonly uri: object }) | null {
  if (typeof value !== "object" || value === null) return null;
  const uri: unknown = Reflect.get(value, "uri");
  const id: unknown = Reflect.get(value, "id");
  const start = property(Reflect.get(value, "range"), "start");
  const line = property(start, "line");
  if (typeof uri !== "object" || uri === null) return null;
  return {
    uri,
    id: typeof id === "string" ? id : "",
    line: typeof line === "number" ? line : null,
  };
}

/**
 * Finds the test or class of an item among those of its file: by the names that pytest's and
 * unittest's ids end with, or else by its line. Null when the item is the whole file.
 */
export function testOf(item: TestPlace, targets: readonly LanguageRunTarget[]): Wanted | null {
  const tests = targets.filter(({ kind }) => kind === "test" || kind === "testClass");
  const [, names = "", parameters] = idAfterFile.exec(item.id) ?? [];
  const path = names.split(/::|[\\/]/).join(".");
  const named = tests.find(target => target.path.join(".") === path);
  const target = named ?? (item.line === null ? null : targetAt(tests, item.line));
  return target && parameters !== undefined ? { ...target, parameters } : target;
}

/** `TestCart::test_a` and `[1-2]` of `/home/ada/test_cart.py::TestCart::test_a[1-2]`. */
const idAfterFile = /\.py(?:::|[\\/])([^[]+)(\[.*\])?$/s;

function property(owner: unknown, name: string): unknown {
  return typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
}
