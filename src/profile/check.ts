/** What was expected, where it was not found. */
export class Mismatch {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Looks at foreign data: gives it back as plain new data of type `T`, or says what is wrong. */
export type Check<T> = (value: unknown, at: string) => T | Mismatch;

/** Longest text taken from a message; file names and arguments stay far below it. */
const longestText = 32_768;

/** A finite number of at least `min`; JSON writes an overflow as a number that reads as infinity. */
export function number(min: number): Check<number> {
  return (value, at) =>
    typeof value === "number" && Number.isFinite(value) && value >= min
      ? value
      : new Mismatch(`${at} is not a number`);
}

/** A whole number that a double holds exactly, of at least `min`. */
export function integer(min: number): Check<number> {
  return (value, at) =>
    Number.isSafeInteger(value) && (value as number) >= min
      ? (value as number)
      : new Mismatch(`${at} is not a whole number from ${min}`);
}

/** A text of bounded length. */
export const text: Check<string> = (value, at) =>
  typeof value === "string" && value.length <= longestText
    ? value
    : new Mismatch(`${at} is not a text of at most ${longestText} characters`);

/** Yes or no. */
export const truth: Check<boolean> = (value, at) =>
  typeof value === "boolean" ? value : new Mismatch(`${at} is neither true nor false`);

/** One of the given texts. */
export function oneOf<const T extends string>(...allowed: readonly T[]): Check<T> {
  return (value, at) =>
    allowed.find(each => each === value) ?? new Mismatch(`${at} is none of ${allowed.join(", ")}`);
}

/** The checked value, or what stands for it where there is none, as in files of older versions. */
export function orAbsent<T>(check: Check<T>, absent: T): Check<T> {
  return (value, at) => (value === undefined ? absent : check(value, at));
}

/** The checked value, or null. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, at) => (value === null ? null : check(value, at));
}

/** A list of at most `max` elements. */
export function listOf<T>(check: Check<T>, max: number): Check<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) return new Mismatch(`${at} is not a list`);
    if (value.length > max) return new Mismatch(`${at} has more than ${max} elements`);
    const list: T[] = [];
    for (const [index, element] of value.entries()) {
      const checked = check(element, `${at}[${index}]`);
      if (checked instanceof Mismatch) return checked;
      list.push(checked);
    }
    return list;
  };
}

type Checks<T extends readonly unknown[]> = { readonly [K in keyof T]: Check<T[K]> };

/** A list of fixed length, one check an element. */
export function tuple<T extends readonly unknown[]>(...checks: Checks<T>): Check<T> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length !== checks.length) {
      return new Mismatch(`${at} is not a row of ${checks.length}`);
    }
    const row: unknown[] = [];
    for (const [index, check] of checks.entries()) {
      const checked: unknown = check(value[index], `${at}[${index}]`);
      if (checked instanceof Mismatch) return checked;
      row.push(checked);
    }
    // Every element has just been checked against its place in T.
    return row as unknown as T;
  };
}

/**
 * An object with at least these fields. Others are dropped: they are room for later versions.
 * Only own fields count, so `__proto__` and `constructor` mean nothing here.
 */
export function object<T extends object>(fields: {
  readonly [K in keyof T]-?: Check<T[K]>;
}): Check<T> {
  const entries = Object.entries<Check<unknown>>(fields);
  return (value, at) => {
    if (!isObject(value)) return new Mismatch(`${at} is not an object`);
    const result: Record<string, unknown> = {};
    for (const [name, check] of entries) {
      const checked = check(Object.hasOwn(value, name) ? value[name] : undefined, `${at}.${name}`);
      if (checked instanceof Mismatch) return checked;
      result[name] = checked;
    }
    // Every field of T has just been checked.
    return result as T;
  };
}

/** Tells whether a value is an object of JSON: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
