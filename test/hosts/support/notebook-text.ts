/** The text of a notebook with a title and these cells of code, none of which has run. */
export function notebookText(sources: readonly string[]): string {
  const title = { cell_type: "markdown", metadata: {}, source: "# Title" };
  const cells = sources.map(source => ({
    cell_type: "code",
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  return JSON.stringify({ cells: [title, ...cells], metadata: {}, nbformat: 4, nbformat_minor: 4 });
}
