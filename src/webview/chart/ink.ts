/** Colours of the chart, as the style sheet resolves them for the theme of the moment. */
export interface Ink {
  readonly rss: string;
  readonly rssArea: string;
  readonly traced: string;
  readonly stop: string;
  readonly text: string;
  readonly grid: string;
  readonly surface: string;
  readonly font: string;
}

const names = ["rss", "rssArea", "traced", "stop", "text", "grid", "surface"] as const;

/**
 * Reads colours through elements that only carry them, so that mixing and fallbacks stay in CSS
 * and the canvas gets plain colours.
 */
export class InkWell {
  readonly #element = document.createElement("div");

  constructor(host: HTMLElement) {
    this.#element.className = "ink";
    this.#element.hidden = true;
    for (const name of names) {
      const drop = document.createElement("i");
      drop.className = `ink-${name}`;
      this.#element.append(drop);
    }
    host.append(this.#element);
  }

  read(): Ink {
    const drops = [...this.#element.children];
    const colour = (name: (typeof names)[number]): string => {
      const drop = drops[names.indexOf(name)];
      return drop ? getComputedStyle(drop).color : "";
    };
    return {
      rss: colour("rss"),
      rssArea: colour("rssArea"),
      traced: colour("traced"),
      stop: colour("stop"),
      text: colour("text"),
      grid: colour("grid"),
      surface: colour("surface"),
      font: `11px ${getComputedStyle(this.#element).fontFamily}`,
    };
  }

  dispose(): void {
    this.#element.remove();
  }
}
