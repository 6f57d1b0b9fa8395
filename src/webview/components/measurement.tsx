import type { LiveView } from "#profile";
import { collectionsWords, costWords } from "../model/words";

/** What profiling itself costs, and what the garbage collector did. */
export function Measurement({ view }: { readonly view: LiveView }) {
  return (
    <section class="measurement" aria-label="This measurement">
      <dl>
        <dt>Profiling costs</dt>
        <dd data-testid="cost" data-percent={view.costPercent ?? ""}>
          {costWords(view)}
        </dd>
        <dt>Garbage collector</dt>
        <dd data-testid="collections">{collectionsWords(view.collections)}</dd>
      </dl>
    </section>
  );
}
