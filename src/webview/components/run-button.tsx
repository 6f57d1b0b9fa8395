import type { LiveView } from "#profile";
import type { PanelCommand } from "#protocol";
import { Icon } from "./icon";

interface RunButtonProps {
  readonly status: LiveView["status"];
  readonly onCommand: (command: PanelCommand) => void;
  readonly command: PanelCommand;
  /** What it does, in a sentence. */
  readonly title: string;
  readonly icon: string;
  readonly testId: string;
  readonly children: string;
}

/** A small button that asks something of the program; there while it runs or stands. */
export function RunButton({ status, onCommand, command, title, ...looks }: RunButtonProps) {
  if (status !== "running" && status !== "paused") return null;
  return (
    <button
      type="button"
      class="small"
      title={title}
      data-testid={looks.testId}
      onClick={() => {
        onCommand(command);
      }}
    >
      <Icon name={looks.icon} />
      {looks.children}
    </button>
  );
}
