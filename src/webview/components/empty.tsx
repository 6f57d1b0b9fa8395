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
      {content.reason === "no-run" && <Sketch />}
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

const curve = "M0 50 C20 46 30 44 44 40 L52 42 C70 34 84 30 96 27 L104 30 L112 14 L118 36";
const rest = " C140 32 152 26 168 24 L178 26 C200 16 214 12 240 8";

/** A run as it may look, drawn quietly; it says nothing that the words do not say. */
function Sketch() {
  return (
    <svg
      class="sketch"
      viewBox="0 0 240 56"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path class="area" d={`${curve}${rest} V56 H0 Z`} />
      <path class="curve" d={curve + rest} />
      <path class="mark" d="M168 4 V56" />
    </svg>
  );
}
