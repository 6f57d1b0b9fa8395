import type { LiveView } from "#profile";
import type uPlot from "uplot";
import { byteTickLabel, byteTicks, secondTickLabel, secondTicks } from "../model/timeline-shape";
import type { Ink } from "./ink";
import { drawStops } from "./stop-marks";

/** What the chart's options depend on. Functions give the value of the moment. */
export interface ChartContext {
  readonly width: number;
  readonly height: number;
  readonly isTraced: boolean;
  readonly ink: () => Ink;
  readonly view: () => LiveView | null;
  readonly onPoint: (index: number | null) => void;
}

/** Room for `1000 MiB`, whatever the scale, so that the plot does not move sideways. */
const bytesAxisPixels = 58;
const timeAxisPixels = 22;
/** Room for the numbers of the stops. */
const topPixels = 18;
/** A run that has just begun is drawn on this many seconds, so that it grows to the right. */
const firstSeconds = 5;
/** Height of the scale while there is nothing to scale. */
const emptyBytes = 64 * 1024 * 1024;
const mostByteSteps = 4;

/** The chart's look: RSS as a filled line, traced memory as a dashed one, stops above. */
export function chartOptions(context: ChartContext): uPlot.Options {
  const { ink } = context;
  return {
    width: context.width,
    height: context.height,
    padding: [topPixels, 10, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { setScale: false, x: false, y: false },
      points: { size: 7, stroke: () => ink().surface, width: 1 },
    },
    scales: {
      x: { time: false, range: (_, from, to) => secondsRange(context.view(), from, to) },
      y: { range: (_, __, max) => [0, byteTicks(max || emptyBytes, mostByteSteps).at(-1) ?? 1] },
    },
    axes: [secondsAxis(ink), bytesAxis(ink)],
    series: [
      {},
      {
        label: "RSS",
        stroke: () => ink().rss,
        fill: () => ink().rssArea,
        width: 1.5,
        points: { show: false },
      },
      ...(context.isTraced ? [tracedSeries(ink)] : []),
    ],
    hooks: {
      draw: [plot => drawStops(plot, context.view()?.stops ?? [], ink())],
      setCursor: [
        plot => {
          context.onPoint(plot.cursor.idx ?? null);
        },
      ],
    },
  };
}

function secondsRange(view: LiveView | null, from: number, to: number): [number, number] {
  const isOver = view?.status === "ended" || view?.status === "lost";
  return [Math.min(from, 0), Math.max(to, isOver ? 0.1 : firstSeconds)];
}

function tracedSeries(ink: () => Ink): uPlot.Series {
  return {
    label: "Traced",
    stroke: () => ink().traced,
    width: 1.5,
    dash: [5, 3],
    points: { show: false },
    spanGaps: true,
  };
}

function secondsAxis(ink: () => Ink): uPlot.Axis {
  return {
    size: timeAxisPixels,
    gap: 3,
    stroke: () => ink().text,
    font: ink().font,
    grid: { show: false },
    ticks: { stroke: () => ink().grid, width: 1, size: 3 },
    splits: (plot, _, from, to) => [...secondTicks(from, to, Math.max(2, plot.width / 70))],
    values: (_, splits) => splits.map(secondTickLabel),
  };
}

function bytesAxis(ink: () => Ink): uPlot.Axis {
  return {
    size: bytesAxisPixels,
    gap: 4,
    stroke: () => ink().text,
    font: ink().font,
    grid: { stroke: () => ink().grid, width: 1 },
    ticks: { show: false },
    splits: (_, __, ___, max) => [...byteTicks(max, mostByteSteps)],
    values: (_, splits) => splits.map(byteTickLabel),
  };
}
