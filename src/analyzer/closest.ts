/** Gives the name that comes closest to a misspelt one; null when none comes near. */
export function closestTo(written: string, names: readonly string[]): string | null {
  const wanted = written.toLowerCase();
  let best: { distance: number; name: string } | null = null;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < (best?.distance ?? Infinity)) best = { distance, name };
  }
  if (best && best.distance <= mostDistance(wanted)) return best.name;
  // Who wrote the beginning of one name only means that one.
  const longer = names.filter(name => name.toLowerCase().startsWith(wanted));
  return wanted.length > 3 && longer.length === 1 ? (longer[0] ?? null) : null;
}

/** Of codes such as MEM101 many are near one another, so that two wrong digits say nothing. */
function mostDistance(written: string): number {
  return /\d{3}$/.test(written) ? 1 : Math.max(2, written.length / 3);
}

/** Ends a complaint about a misspelt name with what may have been meant. */
export function didYouMean(written: string, names: readonly string[]): string {
  const near = closestTo(written, names);
  return near === null ? "" : `; did you mean ${near}?`;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
