/** Texts that users read, all of them in one place. */

/** Titles of code actions. */
export const titles = {
  review: (title: string, changes: string | undefined) =>
    `${title} (review: ${lowerFirst(changes ?? "it may change what the program does")})`,
  suppress: (code: string, reach: "line" | "file") => `Ignore ${code} for this ${reach}`,
  explain: (code: string, name: string) => `Explain ${code} (${name})`,
  fixRule: (code: string, reach: "document" | "notebook") =>
    `Fix all ${code} in this ${reach === "document" ? "file" : "notebook"}`,
  fixAll: "Fix all safe memory problems",
} as const;

/** What is said while work goes on. */
export const messages = {
  checkingWorkspace: "Checking Python files",
  filesChecked: (done: number, all: number) => `${done} of ${all} files`,
} as const;

/** What is said once when a rule fails. */
export function ruleFailed(code: string, uri: string): string {
  return (
    `The rule ${code} failed on ${uri} and was skipped there; the other rules go on. ` +
    `Switch it off with the setting "memoryInsights.rules": { "${code}": "off" } to hide this.`
  );
}

/** What is said once of words in the settings that mean nothing. Editors cut its end off first. */
export function wrongSettings(problems: readonly string[]): string {
  return `${problems.map(endSentence).join(" ")} The rest of the settings is obeyed.`;
}

/** Writes an error for the log. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function lowerFirst(text: string): string {
  const sentence = text.replace(/\.$/, "");
  // A name in backquotes or an acronym keeps its case.
  return /^[A-Z][a-z]/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}

function endSentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
