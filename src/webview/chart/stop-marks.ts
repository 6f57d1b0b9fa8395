import type uPlot from "uplot";
import type { StopView } from "../model/rows";
import type { Ink } from "./ink";

/** Numbers closer than this, in CSS pixels, would run into each other. */
const numberPixels = 16;
const diamondPixels = 4;

/** Draws a dashed line, a diamond and a number at every stop. Newest first, so its number shows. */
export function drawStops(plot: uPlot, stops: readonly StopView[], ink: Ink): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = scale;
  ctx.font = ink.font.replace("11px", `${11 * scale}px`);
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  let free = Infinity;
  for (const stop of stops) {
    const x = Math.round(plot.valToPos(stop.t / 1000, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    drawMark(ctx, x, bbox, ink, scale);
    if (x > free) continue;
    ctx.fillStyle = ink.text;
    ctx.fillText(String(stop.id), x, bbox.top - (diamondPixels + 1) * scale);
    free = x - numberPixels * scale;
  }
  ctx.restore();
}

function drawMark(
  ctx: CanvasRenderingContext2D,
  x: number,
  bbox: uPlot.BBox,
  ink: Ink,
  scale: number,
): void {
  const size = diamondPixels * scale;
  ctx.strokeStyle = ink.stop;
  ctx.fillStyle = ink.stop;
  ctx.setLineDash([2 * scale, 2 * scale]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top + size);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top - size);
  ctx.lineTo(x + size, bbox.top);
  ctx.lineTo(x, bbox.top + size);
  ctx.lineTo(x - size, bbox.top);
  ctx.fill();
}
