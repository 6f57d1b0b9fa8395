import type { LiveView } from "#profile";
import type { PanelCommand } from "#protocol";
import { type PanelState, toggleKey } from "../model/panel-state";
import { Figures } from "./figures";
import { Growth } from "./growth";
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
}

interface RunProps {
  readonly view: LiveView;
  readonly state: PanelState;
  readonly onChange: (state: PanelState) => void;
  readonly actions: Actions;
}

/** One run, from what is asked first to what is asked last. */
export function Run({ view, state, onChange, actions }: RunProps) {
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
      <Leaks view={view} onGoto={actions.goto} />
      <Growth view={view} openKeys={openKeys} onToggle={toggle} onGoto={actions.goto} />
      <Snapshots view={view} openKeys={openKeys} onToggle={toggle} actions={actions} />
      <Measurement view={view} />
    </main>
  );
}
