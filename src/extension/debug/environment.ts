/** Variables of a process or a launch configuration; null takes a variable away. */
export type Environment = Readonly<Record<string, string | null | undefined>>;

/** Reads `env` of a launch configuration; whatever is no variable is left out. */
export function readEnvironment(value: unknown): Environment {
  if (typeof value !== "object" || value === null) return {};
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  return Object.fromEntries(
    entries.flatMap(([name, text]) => (isVariable(text) ? [[name, text] as const] : [])),
  );
}

/**
 * Puts together the folders of `PYTHONPATH`: a variable of a launch configuration replaces the
 * process's, so both are named, the configuration's first and each folder once. Undefined when
 * there is none, or when the configuration takes the variable away.
 */
export function joinPythonPath(
  configured: Environment,
  inherited: Environment,
  delimiter: string,
): string | undefined {
  if (configured["PYTHONPATH"] === null) return undefined;
  const folders = [configured["PYTHONPATH"], inherited["PYTHONPATH"]]
    .flatMap(value => value?.split(delimiter) ?? [])
    .filter(folder => folder !== "");
  return folders.length > 0 ? [...new Set(folders)].join(delimiter) : undefined;
}

function isVariable(value: unknown): value is string | null {
  return typeof value === "string" || value === null;
}
