import { formatBlocksDelta, formatBytesDelta, formatCountDelta } from "#base";
import { topRows } from "./line-rows";
import type { Profile } from "./model";
import { growthTables, toolText } from "./report-table";
import type { StopsBetween } from "./stops-between";
import { placeText } from "./stops-text";

/** Writes what grew between two stops for people: the sums, and the lines that grew most. */
export function betweenText(
  profile: Profile,
  between: StopsBetween,
  roots: readonly string[],
): string {
  const { from, to, sinceT, t, rssBytes, tracedBytes, blocks } = between;
  const rows = [...between.rows].flatMap(([source, of]) =>
    topRows(profile, roots, source, { rows: of, most: Infinity }),
  );
  const none = rows.length === 0 ? ["", "No line grew by a measurable amount."] : [];
  return [
    `From         ${stopText(profile, from, roots)}`,
    `To           ${stopText(profile, to, roots)}`,
    `Time         ${((t - sinceT) / 1000).toFixed(1)} s`,
    `RSS          ${formatBytesDelta(rssBytes)}`,
    ...(tracedBytes === null ? [] : [`Traced       ${formatBytesDelta(tracedBytes)}`]),
    `Blocks       ${formatCountDelta(blocks)}`,
    ...growthTables(rows, formatBlocksDelta),
    ...toolText(rows),
    ...none,
    "",
  ].join("\n");
}

function stopText(profile: Profile, id: number | null, roots: readonly string[]): string {
  const stop = profile.stops.find(each => each.id === id);
  return stop ? `stop ${stop.id}, ${placeText(profile, stop, roots)}` : "the start";
}

/** Turns what grew between two stops into what other programs read; `report.md` has every field. */
export function toBetweenReport({ files, stops }: Profile, between: StopsBetween) {
  const { from, to, sinceT, t, rssBytes, tracedBytes, blocks } = between;
  return {
    schema: 1,
    ...{ from, to, pid: stops.find(({ id }) => id === to)?.pid ?? null },
    ...{ since_t: sinceT, t, rss_bytes: rssBytes, traced_bytes: tracedBytes, blocks },
    lines: [...between.rows].flatMap(([source, rows]) =>
      rows.map(({ file, line, bytes, blocks: of }) => {
        return { file: files[file]?.path ?? "", line, source, bytes, blocks: of };
      }),
    ),
  } as const;
}
