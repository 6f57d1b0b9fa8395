import { type FromPanel, readToPanel, type ToPanel } from "#protocol";

/** What VS Code gives every webview, once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The panel's way to its extension, and its small memory while hidden. */
export interface Channel {
  post(message: FromPanel): void;
  /** Calls the listener with every message that passes the check; others are logged. */
  listen(listener: (message: ToPanel) => void): () => void;
  readState(): unknown;
  writeState(state: unknown): void;
}

/** Opens the channel. VS Code allows this once in a document's life. */
export function openChannel(): Channel {
  const api = acquireVsCodeApi();
  return {
    post: message => {
      api.postMessage(message);
    },
    listen: listener => listenChecked(listener),
    readState: () => api.getState(),
    writeState: state => {
      api.setState(state);
    },
  };
}

function listenChecked(listener: (message: ToPanel) => void): () => void {
  const receive = (event: MessageEvent<unknown>) => {
    const checked = readToPanel(event.data);
    if (checked.kind === "message") listener(checked.message);
    else console.warn(`Memory Insights ignored a message: ${checked.problem}`);
  };
  window.addEventListener("message", receive);
  return () => {
    window.removeEventListener("message", receive);
  };
}
