import type { LiveView } from "#profile";
import { peakWords, sourcesWords } from "../model/words";
import { LineTable } from "./line-table";
import { Section } from "./section";

interface GrowthProps {
  readonly view: LiveView;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly onGoto: (file: string, line: number) => void;
}

/** What lines held where memory was highest, once the program is over and much of it is gone. */
export function Peak({ view: { atPeak }, openKeys, onToggle, onGoto }: GrowthProps) {
  if (!atPeak) return null;
  return (
    <Section title="Lines at the peak" testId="at-peak" note={peakWords(atPeak)}>
      <LineTable
        label="What lines held where memory was highest"
        prefix="at-peak"
        rows={atPeak.rows}
        amount="held"
        withBlocks
        source={null}
        openKeys={openKeys}
        onToggle={onToggle}
        onGoto={onGoto}
      />
    </Section>
  );
}

/** The lines that grew most over the whole run. */
export function Growth({ view, openKeys, onToggle, onGoto }: GrowthProps) {
  return (
    <Section
      title={view.atPeak ? "Lines that grew most, by the end" : "Lines that grew most"}
      testId="growth"
      note={sourcesWords(view.grown)}
    >
      {view.grown.length === 0 ? (
        <p class="nothing">No line has grown yet.</p>
      ) : (
        <LineTable
          label="Lines that grew most, since the start of the run"
          prefix="grown"
          rows={view.grown}
          withBlocks={false}
          source={null}
          openKeys={openKeys}
          onToggle={onToggle}
          onGoto={onGoto}
        />
      )}
    </Section>
  );
}
