/**
 * Finds the line (from 0) on which a key of a TOML document stands, or the table nearest to it; of a
 * value, the line of the string below that. The document is valid TOML.
 */
export function lineOfKey(text: string, path: readonly string[], value?: string): number {
  const lines = text.split(/\r\n|\n/);
  let table: readonly string[] = [];
  let best = { line: 0, length: 0 };
  lines.forEach((line, index) => {
    const header = /^\s*\[\[?\s*(.+?)\s*\]\]?\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) table = keyParts(header);
    const key = /^\s*((?:"[^"]*"|'[^']*'|[\w-]+|\s*\.\s*)+)\s*=/.exec(line)?.[1];
    if (header === undefined && key === undefined) return;
    const full = key === undefined ? table : [...table, ...keyParts(key)];
    const length = commonLength(full, path);
    if (length > best.length) best = { line: index, length };
  });
  if (value === undefined) return best.line;
  const quoted = [`"${value}"`, `'${value}'`];
  const below = lines.findIndex(
    (line, index) => index >= best.line && quoted.some(each => line.includes(each)),
  );
  return below < 0 ? best.line : below;
}

function keyParts(key: string): readonly string[] {
  return [...key.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
