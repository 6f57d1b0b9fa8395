import type { LiveView } from "#profile";
import { snapshotNodes } from "../model/rows";
import { Icon } from "./icon";
import { RowTree } from "./row-tree";
import type { Actions } from "./run";
import { Section } from "./section";

interface SnapshotsProps {
  readonly view: LiveView;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly actions: Actions;
}

/** What lines held at moments of the run: when asked, now and then, at the peak, at the end. */
export function Snapshots({ view, openKeys, onToggle, actions }: SnapshotsProps) {
  const { snapshots } = view;
  return (
    <Section
      title="Snapshots"
      testId="snapshots"
      action={<TakeButton view={view} actions={actions} />}
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

function TakeButton({ view, actions }: { readonly view: LiveView; readonly actions: Actions }) {
  if (view.status !== "running" && view.status !== "paused") return null;
  return (
    <button
      type="button"
      class="small"
      title="Keep what each line holds now, to compare it later"
      data-testid="take-snapshot"
      onClick={() => {
        actions.run("takeSnapshot");
      }}
    >
      <Icon name="device-camera" />
      Take Snapshot
    </button>
  );
}
