// Figures of a benchmark as text: medians, ratios, tables.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints rows of cells as a Markdown table; the first row is the head. */
export function table([head, ...rows]) {
  const cells = [head, head.map(() => "---"), ...rows];
  const widths = head.map((_, i) => Math.max(...cells.map(row => String(row[i]).length)));
  return cells
    .map(row => `| ${row.map((cell, i) => String(cell).padEnd(widths[i])).join(" | ")} |`)
    .join("\n");
}

export const seconds = value => `${value.toFixed(2)} s`;
export const times = value => `×${value.toFixed(2)}`;
export const mebibytes = bytes => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
