import { type ChildProcess, spawn } from "node:child_process";

/** How a program ended, or why it did not start. */
export type ProgramEnd =
  | { readonly kind: "exit"; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: "problem"; readonly text: string };

/** Where and with which variables a program runs. */
export interface ProgramPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Runs a program on this process's own streams until it ends, however it is asked to. */
export function runProgram(command: readonly string[], place: ProgramPlace): Promise<ProgramEnd> {
  const [file = "", ...args] = command;
  return new Promise(resolve => {
    const child = spawn(file, args, {
      cwd: place.cwd,
      env: place.environment,
      stdio: "inherit",
    });
    const release = passSignals(child);
    const finish = (end: ProgramEnd): void => {
      release();
      resolve(end);
    };
    child.on("error", error =>
      finish({ kind: "problem", text: `${file} cannot be started: ${error.message}` }),
    );
    child.on("exit", (code, signal) => finish({ kind: "exit", code, signal }));
  });
}

const passed = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * Keeps signals from ending this process before the program's end is written, and hands them on.
 * A terminal sends Ctrl+C to both processes: handed on, the program would be interrupted twice.
 */
function passSignals(child: ChildProcess): () => void {
  const isInTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const handlers = passed.map(signal => {
    const fromTerminal = signal === "SIGINT" || signal === "SIGQUIT";
    const handler = (): void => {
      if (!(isInTerminal && fromTerminal)) child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}
