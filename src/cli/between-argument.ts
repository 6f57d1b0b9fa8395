/** The two stops of `--between A B`. */
export interface BetweenArgument {
  /** Null for the start. */
  readonly from: number | null;
  readonly to: number;
}

/** What of a parsed argument is looked at here, as `parseArgs` tells it. */
interface Token {
  readonly kind: string;
  readonly name?: string;
  readonly index: number;
  readonly value?: string | undefined;
}

interface BetweenReading {
  /** Null where the option is not given. */
  readonly between: BetweenArgument | null;
  /** The positional arguments that are not the second stop. */
  readonly positionals: readonly string[];
}

/**
 * Reads `--between A B` out of the tokens of a command line: an option has one value for `parseArgs`,
 * so the second stop is the positional argument right behind it. Gives what is wrong, in words.
 */
export function readBetween(tokens: readonly Token[]): BetweenReading | string {
  const options = tokens.filter(({ name }) => name === "between");
  const [option, again] = options;
  if (again) return "--between is given twice";
  const second = option && tokens[tokens.indexOf(option) + 1];
  const positionals = tokens
    .filter(each => each.kind === "positional" && each !== second)
    .map(({ value }) => value ?? "");
  if (!option) return { between: null, positionals };
  if (second?.kind !== "positional") return "--between takes two stops, as in --between 1 4";
  const from = option.value === "start" ? null : readStop(option.value);
  const to = readStop(second.value);
  if (typeof from === "string") return from;
  return typeof to === "string" ? to : { between: { from, to }, positionals };
}

function readStop(text = ""): number | string {
  if (/^\d+$/.test(text)) return Number(text);
  return text === "start"
    ? "--between ends at a stop, not at the start"
    : `--between takes the number of a stop, or first the word start, not ${text}`;
}
