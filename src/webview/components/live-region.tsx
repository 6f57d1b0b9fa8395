import type { LiveView } from "#profile";
import { useEffect, useState } from "preact/hooks";
import { type Announcements, announce, quietMs, sayWaiting, silent } from "../model/announcer";

/** Tells screen readers the news of the run, politely and at most every five seconds. */
export function LiveRegion({ view }: { readonly view: LiveView }) {
  const [said, setSaid] = useState<Announcements>(silent);
  useEffect(() => {
    setSaid(past => announce(past, view, performance.now()));
  }, [view]);
  useEffect(() => {
    if (said.waiting === null) return;
    // A paused program sends no more views, so what waits must be said by the clock.
    const wait = Math.max(0, said.saidAt + quietMs - performance.now());
    const timer = setTimeout(() => {
      setSaid(past => sayWaiting(past, performance.now()));
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);
  return (
    <div class="for-screen-readers" role="status" aria-live="polite" data-testid="live-region">
      {said.text}
    </div>
  );
}
