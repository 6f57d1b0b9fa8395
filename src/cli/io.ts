/** What a command may touch of the outside, so that tests can stand in for it. */
export interface Io {
  /** Writes to standard output; the text brings its own line ends. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  /** Reads standard input to its end. */
  readonly readInput: () => Promise<Uint8Array>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Version of this package. */
  readonly version: string;
  /** How this program was started, for messages that name a command: `node dist/cli.js`. */
  readonly program: string;
  /** The folder with the probe as it ships. */
  readonly probeFolder: string;
  /** The folder of the built package: the rules' pages lie in it. */
  readonly distFolder: string;
}
