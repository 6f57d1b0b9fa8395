import type { ComponentChildren } from "preact";

interface SectionProps {
  readonly title: string;
  readonly testId: string;
  /** Where the figures come from; null when there are none. */
  readonly note?: string | null;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the panel under a heading. */
export function Section({ title, testId, note, action, children }: SectionProps) {
  const id = `heading-${testId}`;
  return (
    <section aria-labelledby={id} data-testid={testId}>
      <div class="heading">
        <h2 id={id}>{title}</h2>
        {note != null && <span class="source">{note}</span>}
        {action}
      </div>
      {children}
    </section>
  );
}
