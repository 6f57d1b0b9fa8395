import { useEffect, useRef } from "preact/hooks";
import type { Channel } from "../channel";
import { type PanelState, readPanelState } from "../model/panel-state";

/** Scrolling writes its place at most this often. */
const writeEveryMs = 200;

/** Scrolls back to where the panel was before it was hidden, and remembers where it is. */
export function useScrollMemory(channel: Channel, state: PanelState, hasContent: boolean): void {
  const wanted = useRef(state.scrollTop);
  useEffect(() => {
    if (!hasContent) return;
    document.documentElement.scrollTop = wanted.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        const scrollTop = document.documentElement.scrollTop;
        wanted.current = scrollTop;
        channel.writeState({ ...readPanelState(channel.readState()), scrollTop });
      }, writeEveryMs);
    };
    window.addEventListener("scroll", remember, { passive: true });
    return () => {
      window.removeEventListener("scroll", remember);
      clearTimeout(timer);
    };
  }, [channel, hasContent]);
}
