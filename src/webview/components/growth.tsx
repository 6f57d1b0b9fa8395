import type { LiveView } from "#profile";
import { sourcesWords } from "../model/words";
import { LineTable } from "./line-table";
import { Section } from "./section";

interface GrowthProps {
  readonly view: LiveView;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly onGoto: (file: string, line: number) => void;
}

/** The lines that grew most over the whole run. */
export function Growth({ view, openKeys, onToggle, onGoto }: GrowthProps) {
  return (
    <Section title="Lines that grew most" testId="growth" note={sourcesWords(view.grown)}>
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
