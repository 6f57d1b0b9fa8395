import { formatBlocksDelta, formatBytesDelta } from "#base";
import type { LiveView } from "#profile";
import { isOpenable } from "../model/rows";
import { compactCount, leakWords, lineWords, sourceWords } from "../model/words";
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
              {row.blocks === null ? "" : `, ${formatBlocksDelta(row.blocks)}`} a round,{" "}
              {leakWords(row, leaks.rounds)}
            </span>
          </li>
        ))}
      </ul>
      <Types types={leaks.types} />
    </Section>
  );
}

function Types({ types }: Pick<NonNullable<LiveView["leaks"]>, "types">) {
  if (types.length === 0) return null;
  return (
    <>
      <p class="nothing">More objects after each round, of those that the collector knows:</p>
      <ul class="leaks">
        {types.map(({ name, perRound }) => (
          <li key={name} data-testid="leaking-type" data-count={perRound}>
            <code>{name}</code> <span class="facts">{compactCount(perRound)} a round</span>
          </li>
        ))}
      </ul>
    </>
  );
}
