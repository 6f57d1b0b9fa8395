/** A number of bytes; may be negative where it is a difference. */
export type Bytes = number;

/** A duration, or a time since the start of a run, in milliseconds. */
export type Milliseconds = number;

const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** Writes bytes for people: `0 B`, `1.5 KiB`, `120.4 MiB`; at most one decimal, none for bytes. */
export function formatBytes(bytes: Bytes): string {
  return format(bytes, () => 1);
}

/** Writes bytes that are right within some percent: `5.2 MiB`, `38 MiB`, `120 MiB`. */
export function formatBytesRoughly(bytes: Bytes): string {
  return format(bytes, value => (value < 9.95 ? 1 : 0));
}

function format(bytes: Bytes, decimalsOf: (value: number) => number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const sign = bytes < 0 ? "−" : "";
  const digits = unit === 0 ? String(Math.round(value)) : value.toFixed(decimalsOf(value));
  return `${sign}${digits} ${units[unit] ?? "B"}`;
}

/** Writes a difference of bytes, always with its sign: `+38.2 MiB`, `−1.0 KiB`, `±0 B`. */
export function formatBytesDelta(bytes: Bytes): string {
  if (bytes === 0) return "±0 B";
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

/** Writes a count with thin groups: `120 412`. */
export function formatCount(count: number): string {
  const digits = String(Math.abs(Math.round(count)));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return count < 0 ? `−${grouped}` : grouped;
}

/** Writes a difference of blocks, always with its sign: `+8 204 blocks`, `−1 block`. */
export function formatBlocksDelta(blocks: number): string {
  return `${formatCountDelta(blocks)} ${Math.abs(blocks) === 1 ? "block" : "blocks"}`;
}

/** Writes a difference of a count, always with its sign: `+8 204`, `−1`, `±0`. */
export function formatCountDelta(count: number): string {
  const sign = count > 0 ? "+" : count === 0 ? "±" : "";
  return `${sign}${formatCount(count)}`;
}

const factors: Readonly<Record<string, number>> = {
  ...{ b: 1, k: 1024, kib: 1024, m: 1024 ** 2, mib: 1024 ** 2, g: 1024 ** 3, gib: 1024 ** 3 },
  ...{ tib: 1024 ** 4, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
};

/** Reads a size as people write it: `200MiB`, `1.5 GB`, `512k`; null when it is none. */
export function parseBytes(text: string): Bytes | null {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim()) ?? [];
  const factor = factors[unit.toLowerCase()];
  return factor === undefined ? null : Math.round(Number(number) * factor);
}
