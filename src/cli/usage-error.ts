import { didYouMean } from "#analyzer";

/** Says in one line what is wrong with the arguments, and in a second one where help is. */
export function usageError(command: readonly string[], problem: string): string {
  const name = ["memory-insights", ...command].join(" ");
  return `${name}: ${problem}\nTry ${name} --help\n`;
}

/**
 * What `parseArgs` says of arguments, without its advice on values that look like options, and with
 * the option that may have been meant.
 */
export function parseProblem(error: unknown, options: object): string {
  if (!(error instanceof Error)) return String(error);
  const [text = error.message] = error.message.split(/\.\s/);
  const [, unknown] = /^Unknown option '(--[^']+)'/.exec(text) ?? [];
  return unknown === undefined
    ? text
    : text +
        didYouMean(
          unknown,
          Object.keys(options).map(name => `--${name}`),
        );
}
