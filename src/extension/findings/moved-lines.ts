/** Says where a line of a changed text was before, both from 1; null when it is new or changed. */
export type LineBefore = (line: number) => number | null;

/**
 * Follows lines through a change: those above and below what changed are the same lines, moved.
 * One stretch of change is enough, for text is mostly edited in one place between two runs.
 */
export function followLines(before: string, after: string): LineBefore {
  const old = before.split("\n");
  const now = after.split("\n");
  const shorter = Math.min(old.length, now.length);
  let above = 0;
  while (above < shorter && old[above] === now[above]) above++;
  let below = 0;
  while (below < shorter - above && old.at(-1 - below) === now.at(-1 - below)) below++;
  return line => {
    if (line <= above) return line;
    return line > now.length - below ? line + old.length - now.length : null;
  };
}
