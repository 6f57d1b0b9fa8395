import type { LiveView } from "#profile";
import { snapshotNodes } from "../model/rows";
import { RowTree } from "./row-tree";
import type { Actions } from "./run";
import { RunButton } from "./run-button";
import { Section } from "./section";

interface SnapshotsProps {
  readonly view: LiveView;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly actions: Actions;
}

/** What lines held at moments of the run: when asked, now and then, at the peak, at the end. */
export function Snapshots({ view, openKeys, onToggle, actions }: SnapshotsProps) {
  const { snapshots, processes } = view;
  const where = processes.length > 0 ? " in every process" : "";
  return (
    <Section
      title="Snapshots"
      testId="snapshots"
      action={
        <RunButton
          status={view.status}
          onCommand={actions.run}
          command="takeSnapshot"
          title={`Keep what each line holds now${where}, to compare it later`}
          icon="device-camera"
          testId="take-snapshot"
        >
          Take Snapshot
        </RunButton>
      }
    >
      {snapshots.length === 0 ? (
        <p class="nothing">
          What each line holds at one moment. Where memory was highest one is kept by itself.
        </p>
      ) : (
        <RowTree
          label="Snapshots, what changed since the one before, and what lines held"
          nodes={snapshotNodes(snapshots, { openKeys, limit: Infinity })}
          hasBlocks={snapshots.some(({ rows }) => rows.some(row => row.blocks !== null))}
          source={null}
          onToggle={onToggle}
          onGoto={actions.goto}
        />
      )}
    </Section>
  );
}
