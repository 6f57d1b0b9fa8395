// Sizes as people read them, in the units that the product itself shows.
const units = ["B", "KiB", "MiB", "GiB"];

/** Writes bytes with at most one decimal: `0 B`, `1.5 KiB`, `120.4 MiB`. */
export function formatBytes(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Reads what `formatBytes` wrote; NaN for anything else. */
export function parseBytes(text) {
  const [, value, unit] = /^([\d.]+) (\w+)\s*$/.exec(text) ?? [];
  const power = units.indexOf(unit);
  return power < 0 ? NaN : Number(value) * 1024 ** power;
}
