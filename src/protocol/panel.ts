import type { LiveView } from "#profile";

/** Version of the messages between the extension and the panel. */
export const panelVersion = 1;

/** What the extension tells the panel. */
export type ToPanel =
  | { readonly kind: "view"; readonly version: 1; readonly view: LiveView }
  /** There is nothing to show yet; `reason` chooses the words and the button. */
  | {
      readonly kind: "empty";
      readonly version: 1;
      readonly reason: "no-run" | "untrusted" | "no-python" | "no-debugpy" | "web";
      /** More about it, in words; null when the reason says it all. */
      readonly detail: string | null;
    };

/** What the panel asks of the extension. */
export type FromPanel =
  | { readonly kind: "ready"; readonly version: 1 }
  | { readonly kind: "goto"; readonly file: string; readonly line: number }
  | { readonly kind: "command"; readonly command: PanelCommand };

/** The only commands that the panel may run. */
export type PanelCommand = "debug" | "mark" | "selectPython" | "showLog" | "trust" | "openRun";
