import type { PanelCommand } from "#protocol";
import { Icon } from "./icon";

interface ProblemsProps {
  readonly problems: readonly string[];
  readonly onCommand: (command: PanelCommand) => void;
}

/** What could not be measured in this run. */
export function Problems({ problems, onCommand }: ProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <section class="problems" aria-label="Problems of this run" data-testid="problems">
      <ul>
        {problems.map(problem => (
          <li key={problem}>
            <Icon name="warning" />
            <span>{problem}</span>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="link"
        onClick={() => {
          onCommand("showLog");
        }}
      >
        Show Log
      </button>
    </section>
  );
}
