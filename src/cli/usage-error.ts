/** Says in one line what is wrong with the arguments, and in a second one where help is. */
export function usageError(command: readonly string[], problem: string): string {
  const name = ["memory-insights", ...command].join(" ");
  return `${name}: ${problem}\nTry ${name} --help\n`;
}

/** What `parseArgs` says of arguments, without its advice on values that look like options. */
export function parseProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.split(/\.\s/)[0] ?? error.message;
}
