/** No file has so many lines. */
const lineSpace = 2 ** 28;

/** Names a line of a profile by one number. */
export function lineKey({ file, line }: { readonly file: number; readonly line: number }): number {
  return file * lineSpace + line;
}
