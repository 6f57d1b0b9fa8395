/**
 * Finds the first item that does not come before a place, by halves.
 *
 * @param items sorted: those that come before the place first.
 * @returns its index; the number of items when all come before.
 */
export function partitionPoint<T>(items: readonly T[], comesBefore: (item: T) => boolean): number {
  let first = 0;
  let after = items.length;
  while (first < after) {
    const middle = (first + after) >> 1;
    const item = items[middle];
    if (item !== undefined && comesBefore(item)) first = middle + 1;
    else after = middle;
  }
  return first;
}
