import { type Bridge, eventually } from "./bridge";

/** Notebooks lie over the place of the editors. */
const lines = [".editor-instance", ".notebookOverlay"].map(each => `${each} .view-line span`);

/** The texts that decorations add to the lines of the open file or notebook. */
export async function decorations(page: Bridge): Promise<readonly string[]> {
  const spans = await page.query(lines.join());
  return spans
    .map(span => (span.after || span.before).replaceAll("\u00a0", " "))
    .filter(text => text.includes("·"));
}

/** Waits for a text at the end of a line of the open file. */
export async function showsAtLine(page: Bridge, words: RegExp): Promise<void> {
  await eventually(`${String(words)} at the end of a line`, async () => {
    const texts = await decorations(page);
    if (!texts.some(text => words.test(text))) throw new Error(texts.join(" | "));
    return true;
  });
}
