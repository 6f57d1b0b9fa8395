import type { ScopeTable } from "./scope-tables";

/*
 * Where the model is not as CPython's tables are, and why:
 *
 * - It has no names that CPython adds for its own purposes.
 * - It keeps `__name` in a class as it is written, so that rules say what stands in the text. What
 *   differs is only which name of the module it would mean, and Python finds none there either.
 * - It does not note a name in scopes through which it only passes.
 * - Comprehensions are scopes of their own, as up to Python 3.11; later they are inlined.
 * - What a type alias stands for and the bounds of type parameters belong to the scope around, since
 *   no rule asks when they are evaluated.
 * - A class's name in type parameters is the class's; CPython decides that when the code runs.
 * - Names in annotations are read, also where a future or Python 3.14 puts that off.
 * - A walrus in a comprehension of a module binds in the module; CPython declares it global there.
 */

/** Names that CPython adds for its own purposes. */
const added = new Set([
  "__class__",
  "__classdict__",
  "__conditional_annotations__",
  "__static_attributes__",
  "__firstlineno__",
  "__type_params__",
]);

/** Says where two tables of one scope differ, in lines that begin with `place`. */
export function compareTables(
  ours: ScopeTable,
  theirs: ScopeTable,
  place: string,
  classes: readonly string[] = [],
): string[] {
  const differences: string[] = [];
  const inside = theirs.kind === "class" ? [...classes, theirs.name] : classes;
  const seen = withInlined(ours, theirs);
  const wanted = withLazy(theirs);
  const expected = namesOf(wanted, inside);
  for (const name of new Set([...Object.keys(seen.names), ...Object.keys(expected)])) {
    const [here, there] = [seen.names[name], expected[name]];
    if (here === there || added.has(name) || name.startsWith(".")) continue;
    const where = `${place}:${theirs.line} ${theirs.name}`;
    differences.push(`${where}: ${name} is ${there ?? "not there"}, here ${here ?? "not there"}`);
  }
  const unmatched = new Set(seen.children);
  for (const child of wanted.children) {
    // Of several on one line, as lambdas, the one that fits is the one that is meant.
    const same = [...unmatched].filter(each => keyOf(each) === keyOf(child));
    const results = same.map(each => compareTables(each, child, place, inside));
    const best = results.reduce((a, b, at) => (b.length < (results[a]?.length ?? 0) ? at : a), 0);
    const match = same[best];
    if (match) unmatched.delete(match);
    differences.push(...(results[best] ?? [`${place}:${child.line} ${child.name}: no such scope`]));
  }
  for (const each of unmatched) {
    differences.push(`${place}:${each.line} ${each.name}: a scope that CPython does not have`);
  }
  return differences;
}

const keyOf = ({ kind, name, line }: ScopeTable): string => `${kind} ${name} ${line}`;

/** In a class `__x` means `_Class__x`; what only passes through a scope is not used by it. */
function namesOf({ names }: ScopeTable, classes: readonly string[]): Record<string, string> {
  const prefix = `_${(classes.at(-1) ?? "").replace(/^_+/, "")}__`;
  const entries = Object.entries(names).filter(([, use]) => !use.endsWith(":"));
  return Object.fromEntries(
    entries.map(([name, use]) => [
      prefix.length > 3 && name.startsWith(prefix) ? name.slice(prefix.length - 2) : name,
      use,
    ]),
  );
}

/** From Python 3.12 on a comprehension that is no generator is part of the code around it. */
function withInlined(ours: ScopeTable, theirs: ScopeTable): ScopeTable {
  const isSeparate = new Set(theirs.children.map(keyOf));
  const inlined = ours.children.filter(each => isInlined(each) && !isSeparate.has(keyOf(each)));
  return inlined.reduce((table, comprehension) => merged(table, comprehension), {
    ...ours,
    children: ours.children.filter(each => !inlined.includes(each)),
  });
}

/**
 * What a type alias stands for, and the bound of a type parameter, are evaluated when they are asked
 * for, in scopes of their own; the model has their names where they are written.
 */
function withLazy(table: ScopeTable): ScopeTable {
  const names = { ...table.names };
  const lazy = table.children.filter(({ kind }) => kind === "lazy").map(withLazy);
  for (const [name, use] of lazy.flatMap(each => Object.entries(each.names))) {
    const [reach = "", how = ""] = (names[name] ?? use).split(":");
    const uses = new Set([...how.split(""), ...(use.split(":")[1] ?? "").split("")]);
    names[name] = `${reach}:${[...uses].sort().join("")}`;
  }
  const children = table.children.filter(({ kind }) => kind !== "lazy");
  return { ...table, names, children: [...children, ...lazy.flatMap(each => each.children)] };
}

const isInlined = ({ name }: ScopeTable): boolean => /^(list|set|dict)comp$/.test(name);

/** As CPython does it: what the scope around knows stays as it is. */
function merged(outer: ScopeTable, comprehension: ScopeTable): ScopeTable {
  const inner = comprehension.children.filter(isInlined).reduce(merged, {
    ...comprehension,
    children: comprehension.children.filter(each => !isInlined(each)),
  });
  // What it takes from further out, or binds there by a walrus, is not the scope's around it.
  const names = Object.entries(inner.names).filter(([, use]) => !/^F|^G.*a/.test(use));
  return {
    ...outer,
    names: { ...Object.fromEntries(names), ...outer.names },
    children: [...outer.children, ...inner.children],
  };
}
