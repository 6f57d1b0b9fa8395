import { type Disposable, DisposableStore } from "#base";
import type { LiveView } from "#profile";
import uPlot from "uplot";
import { type ChartColumns, chartColumns } from "../model/timeline-shape";
import { type Ink, InkWell } from "./ink";
import { chartOptions } from "./options";

const heightPixels = 132;

/** The canvas of the timeline. Redraws by itself when the theme or the panel's width changes. */
export class TimelineChart implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #host: HTMLElement;
  readonly #onPoint: (index: number | null) => void;
  readonly #well: InkWell;
  #plot: uPlot | null = null;
  #isTraced = false;
  #ink: Ink;
  #view: LiveView | null = null;

  /** `onPoint` hears which sample is pointed at, by mouse or key; null when none is. */
  constructor(host: HTMLElement, onPoint: (index: number | null) => void) {
    this.#host = host;
    this.#onPoint = onPoint;
    this.#well = this.#owned.register(new InkWell(host));
    this.#ink = this.#well.read();
    this.#owned.register(onTheme(() => this.#repaint()));
    this.#owned.register(onWidth(host, () => this.#resize()));
  }

  draw(view: LiveView): void {
    this.#view = view;
    const columns = chartColumns(view.timeline);
    const isTraced = columns.traced !== null;
    if (!this.#plot || isTraced !== this.#isTraced) {
      this.#plot?.destroy();
      this.#isTraced = isTraced;
      this.#plot = new uPlot(this.#options(), alignedData(columns), this.#host);
    } else {
      this.#plot.setData(alignedData(columns));
    }
  }

  /** Points at a sample, or at none. */
  point(index: number | null): void {
    const plot = this.#plot;
    if (!plot) return;
    const seconds = index === null ? undefined : plot.data[0][index];
    if (index === null || seconds === undefined) {
      plot.setCursor({ left: -10, top: -10 });
      this.#onPoint(null);
      return;
    }
    plot.setCursor({ left: plot.valToPos(seconds, "x"), top: 0 });
    this.#onPoint(index);
  }

  dispose(): void {
    this.#plot?.destroy();
    this.#owned.dispose();
  }

  #options(): uPlot.Options {
    return chartOptions({
      width: this.#host.clientWidth,
      height: heightPixels,
      isTraced: this.#isTraced,
      ink: () => this.#ink,
      view: () => this.#view,
      onPoint: this.#onPoint,
    });
  }

  #repaint(): void {
    this.#ink = this.#well.read();
    this.#plot?.redraw(false, true);
  }

  #resize(): void {
    this.#plot?.setSize({ width: this.#host.clientWidth, height: heightPixels });
  }
}

function alignedData(columns: ChartColumns): uPlot.AlignedData {
  const { seconds, rss, traced } = columns;
  return traced ? [[...seconds], [...rss], [...traced]] : [[...seconds], [...rss]];
}

/** VS Code changes the body's classes and the root's variables when the theme changes. */
function onTheme(listener: () => void): Disposable {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return {
    dispose: () => {
      observer.disconnect();
    },
  };
}

function onWidth(host: HTMLElement, listener: () => void): Disposable {
  const observer = new ResizeObserver(listener);
  observer.observe(host);
  return {
    dispose: () => {
      observer.disconnect();
    },
  };
}
