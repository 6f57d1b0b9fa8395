import { formatBytesDelta } from "#base";
import type { LiveView } from "#profile";
import { isOpenable } from "../model/rows";
import { blocksWords, leakWords, lineWords, sourceWords } from "../model/words";
import { Section } from "./section";

interface LeaksProps {
  readonly view: LiveView;
  readonly onGoto: (file: string, line: number) => void;
}

/** The lines that grew each time the program came to a place; nothing until that was often enough. */
export function Leaks({ view: { leaks }, onGoto }: LeaksProps) {
  if (!leaks) return null;
  const [first] = leaks.rows;
  return (
    <Section title="Leak suspects" testId="leaks" note={first ? sourceWords(first.source) : null}>
      <p class="nothing">
        {leaks.rounds} rounds at {leaks.place}, after the first.{" "}
        {leaks.rows.length === 0 && "No line grew in all of them."}
      </p>
      <ul class="leaks">
        {leaks.rows.map(row => (
          <li key={`${row.file}:${row.line}`} data-testid="leak" data-bytes={row.bytes}>
            <button
              type="button"
              class="link"
              disabled={!isOpenable(row.file)}
              onClick={() => {
                onGoto(row.file, row.line);
              }}
            >
              {row.label}
              {lineWords(row.line)}
            </button>
            <span class="facts">
              {formatBytesDelta(row.bytes)}
              {row.blocks === null ? "" : `, ${blocksWords(row.blocks)}`} a round,{" "}
              {leakWords(row, leaks.rounds)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
