/** Our programs that run something else, by their file, and how that is called. */
const runners: ReadonlyMap<string, (args: readonly string[]) => string> = new Map([
  ["run_function.py", ([file = "", name = ""]: readonly string[]) => `${lastPart(file)}::${name}`],
  [
    "run_cells.py",
    ([file = "", last]: readonly string[]) => `${lastPart(file)}${last ? `[${last}]` : ""}`,
  ],
  ["run_tests.py", (args: readonly string[]) => lastPart(args.at(-1) ?? "")],
]);

/**
 * What multiprocessing has a new Python run, and execnet for pytest-xdist; a debugger puts code of its
 * own before it.
 */
const startsWorker =
  /\bfrom multiprocessing\.(?:spawn|forkserver) import\b|\bexec\(eval\(sys\.stdin\.readline\(\)\)\)/;

const testModules: ReadonlySet<string> = new Set(["pytest", "unittest"]);

/**
 * The script, module, function or test of a command: `app.py` in `python -X dev app.py --fast`,
 * `test_app.py::test_load` in `python -m pytest tests/test_app.py::test_load`.
 */
export function programName(command: readonly string[]): string {
  const at = command.findIndex(part => /^-[mc]$|\.pyw?$/.test(part));
  const program = lastPart(command[at] ?? command[1] ?? command[0] ?? "");
  const module = program === "-m" ? command[at + 1] : undefined;
  const last = command.at(-1) ?? "";
  if (program === "-c" && startsWorker.test(command[at + 1] ?? "")) return "worker";
  if (module === undefined) return runners.get(program)?.(command.slice(at + 1)) ?? program;
  // What comes last may be an option, or the module itself.
  return testModules.has(module) && /^[^-].*[.:/\\]/.test(last) ? lastPart(last) : module;
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? "";
}
