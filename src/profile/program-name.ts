/** The script or module of a command: `app.py` in `python -X dev app.py --fast`. */
export function programName(command: readonly string[]): string {
  const at = command.findIndex(part => part === "-m" || /\.pyw?$/.test(part));
  const name = command[at] === "-m" ? command[at + 1] : (command[at] ?? command[1] ?? command[0]);
  return name?.split(/[\\/]/).at(-1) ?? "";
}
