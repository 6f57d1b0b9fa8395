import type { PanelCommand, ToPanel } from "#protocol";
import { wordsOfEmpty } from "../model/words";
import { Icon } from "./icon";

interface EmptyProps {
  readonly content: Extract<ToPanel, { kind: "empty" }>;
  readonly onCommand: (command: PanelCommand) => void;
}

/** A panel without a run: why, what will happen, and one button. */
export function Empty({ content, onCommand }: EmptyProps) {
  const words = wordsOfEmpty(content.reason);
  return (
    <main class="empty" data-testid="empty" data-reason={content.reason}>
      <h1>
        <Icon name={words.icon} />
        {words.title}
      </h1>
      <p>{words.text}</p>
      {content.detail !== null && (
        <p class="detail" data-testid="empty-detail">
          {content.detail}
        </p>
      )}
      {words.primary && (
        <button
          type="button"
          class="primary"
          data-testid="primary"
          onClick={() => words.primary && onCommand(words.primary.command)}
        >
          {words.primary.label}
        </button>
      )}
      {words.points.length > 0 && (
        <ul class="points">
          {words.points.map(point => (
            <li key={point.text}>
              <Icon name={point.icon} />
              <span>{point.text}</span>
            </li>
          ))}
        </ul>
      )}
      {words.secondary && (
        <button
          type="button"
          class="link"
          data-testid="secondary"
          onClick={() => words.secondary && onCommand(words.secondary.command)}
        >
          {words.secondary.label}
        </button>
      )}
    </main>
  );
}
