/**
 * How to write a host test
 * ========================
 *
 * A file `test/hosts/NAME.test.ts` is mocha's describe/it, and runs *inside* the extension host of
 * a real VS Code, so `import * as vscode from "vscode"` works. The workspace is a fresh copy of
 * media/sample for each run of all tests (not for each test: put back what a test changes).
 * Run them by `node esbuild.js && node scripts/host-tests.mjs --grep="some title"`.
 *
 * - `bridge` looks at the page around the extension host, which tests in there cannot see:
 *   `bridge.panelQuery(selector)` reads our own webview's DOM, `bridge.query(selector)` that of the
 *   workbench. In a desktop VS Code there is no bridge: begin such a test by
 *   `const bridge = needBridge(this);` (with `function ()`, not an arrow), which skips it there.
 * - Nothing is there at once. Poll with `eventually("what is waited for", () => …)`, which
 *   repeats until the function returns something else than undefined, false or an empty list.
 *   Never sleep.
 * - `bridge.screenshot("name")` writes .cache/screenshots/name.png, and also into the folder that
 *   the environment variable MEMORY_INSIGHTS_SCREENSHOTS names. After the last test the views are
 *   blank, so take pictures in the test. A test that fails leaves failed-TITLE.png by itself.
 * - `console.log("[test] …")` shows up in the terminal; the whole console, VS Code's own lines
 *   included, is in .cache/logs/host-browser.log.
 * - `pythonWithDebugpy()` is an interpreter that can debug; the setting
 *   `memoryInsights.pythonPath` of the window is the same. The debug types `debugpy` and `python`
 *   are played by fixtures/debugpy-stand-in, installed as `ms-python.debugpy`.
 */

/** What the page knows about one element. */
export interface PageElement {
  /** The visible text. */
  readonly text: string;
  /** Text that a style sheet adds before and after, which is how VS Code draws decorations. */
  readonly before: string;
  readonly after: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Place and size in pixels, all 0 when the element is not shown. */
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** Looks at and works with the page that shows VS Code. Every call waits for its answer. */
export interface Bridge {
  /** Writes a picture of the window and returns its path. `name` has no ending. */
  screenshot(name: string): Promise<string>;
  /** Presses a key or a chord by Playwright's names, such as `Control+S` or `F5`. */
  key(keys: string): Promise<void>;
  /** Types text into what has the focus. */
  type(text: string): Promise<void>;
  /** Changes the size of the window, in pixels. It is 1400 × 900 at first. */
  resize(width: number, height: number): Promise<void>;
  /** Elements of the workbench, such as `.squiggly-warning` or `.monaco-list-row`. */
  query(selector: string): Promise<readonly PageElement[]>;
  click(selector: string, index?: number): Promise<void>;
  hover(selector: string, index?: number): Promise<void>;
  /**
   * Elements inside a webview. The first webview that has any is taken, so begin the selector with
   * something that is only in ours.
   */
  panelQuery(selector: string): Promise<readonly PageElement[]>;
  /** Visible text of the first such element in a webview, or "". */
  panelText(selector: string): Promise<string>;
  panelClick(selector: string, index?: number): Promise<void>;
  panelFocus(selector: string, index?: number): Promise<void>;
  /** Visible text of the workbench's editor lines, non-breaking spaces made plain. */
  editorText(selector?: string): Promise<string>;
  /** Addresses of all frames, to find out why a webview is not there. */
  frames(): Promise<readonly string[]>;
}

/** The bridge to the page, or undefined in a desktop VS Code. */
export const bridge: Bridge | undefined = connect(process.env["MEMORY_INSIGHTS_TEST_BRIDGE"]);

/** Returns the bridge, or skips the test in a VS Code that has none. */
export function needBridge(test: Mocha.Context): Bridge {
  return bridge ?? test.skip();
}

/** An interpreter that has debugpy. */
export function pythonWithDebugpy(): string {
  const python = process.env["MEMORY_INSIGHTS_TEST_PYTHON"];
  if (!python) throw new Error("MEMORY_INSIGHTS_TEST_PYTHON is not set");
  return python;
}

/**
 * Repeats a question until it has an answer, and returns that answer.
 *
 * @throws Error naming what was waited for, and the last error, after `withinMs`
 */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | PromiseLike<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let problem: unknown;
  do {
    try {
      const answer = await ask();
      const isEmpty = Array.isArray(answer) && answer.length === 0;
      if (answer !== undefined && answer !== false && !isEmpty) return answer;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  } while (Date.now() < deadline);
  throw new Error(`Waited ${withinMs / 1000} s for ${what}`, { cause: problem });
}

function connect(url: string | undefined): Bridge | undefined {
  if (!url) return undefined;
  const call = (action: string, body: object = {}): Promise<unknown> =>
    post(`${url}/${action}`, body);
  const elements = (action: string, selector: string): Promise<readonly PageElement[]> =>
    call(action, { selector }) as Promise<readonly PageElement[]>;
  const act = async (action: string, body: object): Promise<void> => {
    await call(action, body);
  };
  return {
    screenshot: name => call("screenshot", { name }) as Promise<string>,
    key: keys => act("key", { keys }),
    type: text => act("type", { text }),
    resize: (width, height) => act("resize", { width, height }),
    query: selector => elements("query", selector),
    click: (selector, index) => act("click", { selector, index }),
    hover: (selector, index) => act("hover", { selector, index }),
    panelQuery: selector => elements("panelQuery", selector),
    panelText: selector => call("panelText", { selector }) as Promise<string>,
    panelClick: (selector, index) => act("panelClick", { selector, index }),
    panelFocus: (selector, index) => act("panelFocus", { selector, index }),
    editorText: async (selector = ".editor-instance .view-lines") =>
      (await elements("query", selector)).map(one => one.text.replaceAll("\u00a0", " ")).join("\n"),
    frames: () => call("frames") as Promise<readonly string[]>,
  };
}

async function post(address: string, body: object): Promise<unknown> {
  const response = await fetch(address, { method: "POST", body: JSON.stringify(body) });
  const answer = (await response.json()) as { value?: unknown; error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}
