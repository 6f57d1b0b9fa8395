import type { LiveView } from "#profile";
import type { PanelCommand } from "#protocol";
import { endingWords, formatTime, pausedWords, statusWords } from "../model/words";
import { Icon } from "./icon";

interface HeaderProps {
  readonly view: LiveView;
  readonly onCommand: (command: PanelCommand) => void;
}

/** Which program this is, and where it stands. */
export function Header({ view, onCommand }: HeaderProps) {
  const status = statusWords(view.status);
  const ending = endingWords(view);
  const facts = [
    ...(view.python === null ? [] : [`Python ${view.python}`]),
    ...(view.pid === null ? [] : [`pid ${view.pid}`]),
    formatTime(view.seconds * 1000),
    ...pausedWords(view.processes),
  ];
  const isOver = view.status === "ended" || view.status === "lost";
  return (
    <header class="program">
      <h1 title={view.program} data-testid="program">
        {view.program}
      </h1>
      <span class="status" data-testid="status" data-status={view.status}>
        <Icon name={status.icon} />
        {status.word}
      </span>
      <p class="facts" data-testid="facts">
        {facts.join(" · ")}
      </p>
      {ending !== null && (
        <p class="ending" data-testid="ending">
          {ending}
        </p>
      )}
      {(view.status === "running" || view.status === "paused") && (
        <LevelButton
          level={view.level}
          where={view.processes.length > 0 ? " in all processes, also those to come" : ""}
          onCommand={onCommand}
        />
      )}
      {isOver && (
        <p class="again">
          <button
            type="button"
            class="secondary"
            data-testid="again"
            onClick={() => {
              onCommand("debug");
            }}
          >
            <Icon name="debug-restart" />
            Debug Again
          </button>
        </p>
      )}
    </header>
  );
}

interface LevelButtonProps {
  readonly level: LiveView["level"];
  /** In which processes; empty where there is one only. */
  readonly where: string;
  readonly onCommand: (command: PanelCommand) => void;
}

/** Switches between sampled lines and every allocation, while the program runs. */
function LevelButton({ level, where, onCommand }: LevelButtonProps) {
  const isTraced = level === "allocations";
  const title = isTraced
    ? `Stop tracing allocations${where}; the program gets its speed back, and lines are sampled again`
    : `Trace every allocation by line${where}, from now on; the program gets several times slower`;
  return (
    <p class="level">
      <button
        type="button"
        class="secondary"
        title={title}
        data-testid="level"
        data-level={level}
        onClick={() => {
          onCommand(isTraced ? "stopTracing" : "startTracing");
        }}
      >
        <Icon name={isTraced ? "debug-stop" : "search"} />
        {isTraced ? "Stop Tracing" : "Trace Allocations"}
      </button>
    </p>
  );
}
