import type { PanelCommand, ToPanel } from "#protocol";
import { panelVersion } from "#protocol";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Channel } from "../channel";
import { type PanelState, readPanelState } from "../model/panel-state";
import { Empty } from "./empty";
import { LiveRegion } from "./live-region";
import { type Actions, Run } from "./run";
import { useScrollMemory } from "./scroll-memory";
import { Skeleton } from "./skeleton";

/** The whole panel: asks for its content when it is ready and draws whatever came last. */
export function App({ channel }: { readonly channel: Channel }) {
  const [content, setContent] = useState<ToPanel | null>(null);
  const [state, setState] = useState(() => readPanelState(channel.readState()));
  const actions = useMemo(() => actionsOn(channel), [channel]);

  useEffect(() => {
    const stop = channel.listen(setContent);
    channel.post({ kind: "ready", version: panelVersion });
    return stop;
  }, [channel]);

  const change = (next: PanelState) => {
    setState(next);
    channel.writeState(next);
  };
  useScrollMemory(channel, state, content !== null);

  if (content === null) return <Skeleton />;
  if (content.kind === "empty") return <Empty content={content} onCommand={actions.run} />;
  return (
    <>
      <Run
        view={content.view}
        between={content.between}
        state={state}
        onChange={change}
        actions={actions}
      />
      <LiveRegion view={content.view} />
    </>
  );
}

function actionsOn(channel: Channel): Actions {
  return {
    run: (command: PanelCommand) => {
      channel.post({ kind: "command", command });
    },
    compare: (from, to) => {
      channel.post({ kind: "compare", from, to });
    },
    goto: (file, line) => {
      // Code that stands on no line has line 0; its file is still worth opening.
      channel.post({ kind: "goto", file, line: Math.max(1, line) });
    },
  };
}
