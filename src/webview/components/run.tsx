import type { BetweenView, LiveView } from "#profile";
import type { PanelCommand } from "#protocol";
import { type PanelState, toggleKey } from "../model/panel-state";
import { Between } from "./between";
import { Figures } from "./figures";
import { Growth, Peak } from "./growth";
import { Header } from "./header";
import { Leaks } from "./leaks";
import { Measurement } from "./measurement";
import { Problems } from "./problems";
import { Processes } from "./processes";
import { Snapshots } from "./snapshots";
import { Stops } from "./stops";
import { Timeline } from "./timeline";

/** What a reader of the panel can ask for. */
export interface Actions {
  readonly run: (command: PanelCommand) => void;
  readonly goto: (file: string, line: number) => void;
  /** Asks what grew between two stops; `from` null is the start. */
  readonly compare: (from: number | null, to: number) => void;
}

interface RunProps {
  readonly view: LiveView;
  readonly between: BetweenView | null;
  readonly state: PanelState;
  readonly onChange: (state: PanelState) => void;
  readonly actions: Actions;
}

/** One run, from what is asked first to what is asked last. */
export function Run({ view, between, state, onChange, actions }: RunProps) {
  const openKeys: ReadonlySet<string> = new Set(state.openKeys);
  const toggle = (key: string) => {
    onChange(toggleKey(state, key));
  };
  return (
    <main data-testid="run">
      <Header view={view} onCommand={actions.run} />
      <Figures view={view} />
      <Problems problems={view.problems} onCommand={actions.run} />
      <Timeline
        view={view}
        isTable={state.isTable}
        onTable={isTable => {
          onChange({ ...state, isTable });
        }}
      />
      <Stops view={view} openKeys={openKeys} onToggle={toggle} actions={actions} />
      <Processes view={view} />
      <Between
        view={view}
        between={between}
        openKeys={openKeys}
        onToggle={toggle}
        actions={actions}
      />
      <Leaks view={view} onGoto={actions.goto} />
      <Peak view={view} openKeys={openKeys} onToggle={toggle} onGoto={actions.goto} />
      <Growth view={view} openKeys={openKeys} onToggle={toggle} onGoto={actions.goto} />
      <Snapshots view={view} openKeys={openKeys} onToggle={toggle} actions={actions} />
      <Measurement view={view} />
    </main>
  );
}
