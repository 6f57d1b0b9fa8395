import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checksNamed, selectorProblem } from "#analyzer";
import type { Io } from "./io";
import { usageError } from "./usage-error";

/** How `rule` is used, for people. */
export const ruleUsage = `Usage: memory-insights rule CODE

Shows the page of a rule: what it finds, what that costs, and when to leave it alone. CODE is a code
such as MEM101, or a rule's name. ALL lists all rules.

Options:
  -h, --help            show this
`;

const badUsage = 2;

/** Runs `rule`. Resolves to 0, or 2 when no rule is meant. */
export async function runRule(argv: readonly string[], io: Io): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    io.out(ruleUsage);
    return 0;
  }
  const [code, ...more] = argv;
  if (code !== undefined && more.length === 0) return explain(code, ["rule"], io);
  io.err(usageError(["rule"], code === undefined ? "no rule is named" : "one rule at a time"));
  return badUsage;
}

/** Prints the page of a rule, or a list where a prefix names several. */
export async function explain(code: string, command: readonly string[], io: Io): Promise<number> {
  const problem = selectorProblem(code);
  if (problem !== null) {
    io.err(usageError(command, problem));
    return badUsage;
  }
  const named = checksNamed(code);
  const [only] = named;
  if (named.length > 1 || !only) {
    const marks = (isDefault: boolean) => (isDefault ? "" : " (off by default)");
    const lines = named.map(
      meta => `${meta.code} ${meta.name}: ${meta.summary}${marks(meta.isDefault !== false)}\n`,
    );
    io.out(lines.join(""));
    return 0;
  }
  const page = await readFile(join(io.distFolder, "rules", `${only.name}.md`), "utf8");
  // The markers say which lines a program writes.
  io.out(page.replace(/^<!--.*-->\n/gm, ""));
  return 0;
}
