import { didYouMean } from "#analyzer";
import { runCheck } from "./check";
import { runCompare } from "./compare";
import { runRule } from "./explain";
import type { Io } from "./io";
import { runLsp } from "./lsp";
import { runProfile } from "./profile";
import { runReport } from "./report";
import { usageError } from "./usage-error";

type Command = (argv: readonly string[], io: Io) => Promise<number>;

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["check", (argv, io) => runCheck(argv, io)],
  ["profile", runProfile],
  ["report", runReport],
  ["compare", runCompare],
  ["rule", runRule],
  ["lsp", runLsp],
]);

const usage = `Usage: memory-insights COMMAND [options]

Commands:
  check [PATH...]       find memory anti-patterns in Python files and notebooks
  rule CODE             show the page of a rule
  profile script.py     run a program and record where its memory goes
  report RUN            show what a run recorded
  compare BEFORE AFTER  show what changed from one run to another
  lsp                   start the language server for an editor

COMMAND --help tells more.

Options:
  --version             show the version
  -h, --help            show this
`;

const badUsage = 2;

/** Runs the command that the arguments name. Resolves to the exit code. */
export async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === "--help" || name === "-h" || name === "help") {
    io.out(usage);
    return 0;
  }
  if (name === "--version" || name === "-V") {
    io.out(`memory-insights ${io.version}\n`);
    return 0;
  }
  const command = commands.get(name ?? "");
  if (command) return command(rest, io);
  const problem =
    name === undefined
      ? "no command is given"
      : `unknown command or option ${name}${didYouMean(name, [...commands.keys()])}`;
  io.err(usageError([], problem));
  return badUsage;
}
