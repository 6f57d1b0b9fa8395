import { formatBytesDelta, formatCount } from "#base";
import { labelOf, placeOf, topRows } from "./line-rows";
import type { Profile, Stop } from "./model";
import type { LineRow } from "./live-view";
import { topTypeOf } from "./top-type";

const mostStops = 20;
const mostRows = 3;
const indent = " ".repeat(8);

/** Lists the newest stops of a run, each with what grew up to it and the lines that did most. */
export function stopsText(profile: Profile, roots: readonly string[]): readonly string[] {
  const stops = profile.stops.slice(-mostStops);
  if (stops.length === 0) return [];
  const left = profile.stops.length - stops.length;
  const title = `Stops${left > 0 ? `, the last ${stops.length} of ${profile.stops.length}` : ""}, each since the one before`;
  return ["", title, ...stops.flatMap(stop => stopText(profile, stop, roots))];
}

function stopText(profile: Profile, stop: Stop, roots: readonly string[]): readonly string[] {
  const blocks = `${formatCount(stop.blocks)} blocks`;
  const told = [`stop ${stop.id}`, "RSS", blocks, typeText(stop), processText(profile, stop)];
  const facts = told.filter(text => text !== "").join(", ");
  const rows = topRows(profile, roots, stop.source, { rows: stop.rows, most: mostRows });
  return [
    `  ${formatBytesDelta(stop.rssBytes).padStart(11)}  ${placeText(profile, stop, roots)}  (${facts})`,
    ...rows
      .filter(({ bytes }) => bytes !== 0)
      .map(
        row =>
          `${indent}${formatBytesDelta(row.bytes).padStart(11)}  ${placeOf(row)}${mostly(row)}`,
      ),
  ];
}

/** Names where a stop was: `app.py:5`. */
export function placeText({ files }: Profile, { at }: Stop, roots: readonly string[]): string {
  if (!at) return "measured without a stop";
  const origin = files.find(({ path }) => path === at.file)?.origin ?? "user";
  return placeOf({ label: labelOf(at.file, origin, roots), line: at.line });
}

function typeText(stop: Stop): string {
  const top = topTypeOf(stop);
  if (!top) return "";
  return top.isMost ? `mostly ${top.name}` : `${formatCount(top.change)} of ${top.name}`;
}

function mostly({ objects }: LineRow): string {
  return objects?.isMost ? `, mostly ${objects.type}` : "";
}

function processText({ processes }: Profile, { pid }: Stop): string {
  return processes.length > 1 ? `pid ${pid}` : "";
}
