import { spawn } from "node:child_process";
import { join } from "node:path";

/** A Python that can be profiled: what to start, with the arguments that choose it. */
export interface Python {
  readonly command: string;
  readonly args: readonly string[];
  readonly version: string;
}

/** A Python, or why there is none and what to do. */
export type PythonSearch =
  | { readonly kind: "python"; readonly python: Python }
  | { readonly kind: "problem"; readonly text: string };

interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
}

const oldest = [3, 9] as const;

/**
 * Finds the Python to run: the given one, else the active virtual environment's, else the first of
 * those on the path that is new enough.
 */
export async function findPython(
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PythonSearch> {
  const tooOld: string[] = [];
  for (const { command, args } of candidates(given, environment)) {
    const version = await versionOf({ command, args }, environment);
    if (version === null) continue;
    if (isNewEnough(version)) return { kind: "python", python: { command, args, version } };
    tooOld.push(`${command} is Python ${version}`);
  }
  return { kind: "problem", text: problemText(given, tooOld) };
}

function candidates(
  given: string | undefined,
  { VIRTUAL_ENV: venv }: Readonly<Record<string, string | undefined>>,
): readonly Candidate[] {
  if (given !== undefined) return [{ command: given, args: [] }];
  const isWindows = process.platform === "win32";
  const inVenv = isWindows ? ["Scripts", "python.exe"] : ["bin", "python"];
  return [
    ...(venv ? [{ command: join(venv, ...inVenv), args: [] }] : []),
    { command: "python3", args: [] },
    { command: "python", args: [] },
    ...(isWindows ? [{ command: "py", args: ["-3"] }] : []),
  ];
}

/** Asks a Python for its version; null when it cannot be started. Isolated: no user code runs. */
function versionOf(
  { command, args }: Candidate,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const print = "import sys; print('.'.join(map(str, sys.version_info[:3])))";
  return new Promise(resolve => {
    const child = spawn(command, [...args, "-I", "-S", "-c", print], {
      env: environment,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", () => resolve(null));
    child.on("close", () => resolve(/^\d+\.\d+\.\d+$/.test(output.trim()) ? output.trim() : null));
  });
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

function problemText(given: string | undefined, tooOld: readonly string[]): string {
  const need = `Python ${oldest.join(".")} or later`;
  if (tooOld.length > 0) return `${tooOld.join("; ")}. Choose ${need} with --python PATH.`;
  if (given !== undefined)
    return `${given} is not a Python that starts. Choose ${need} with --python PATH.`;
  return `No Python was found. Install ${need}, or choose one with --python PATH.`;
}
