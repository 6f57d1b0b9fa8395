import { spawn } from "node:child_process";
import type { EngineWish } from "#profile";
import type { Python } from "./find-python";

/** An engine that is there, and what the user should know of the choice; null for nothing. */
export interface EngineChoice {
  readonly engine: Exclude<EngineWish, "auto">;
  readonly note: string | null;
}

/** Chooses the engine of a run; one that is missing is told, and Python traces instead. */
export async function chooseEngine(
  wanted: EngineWish,
  python: Python,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<EngineChoice> {
  if (wanted === "tracemalloc") return { engine: "tracemalloc", note: null };
  if (await hasMemray(python, environment)) return { engine: "memray", note: null };
  const note =
    wanted === "auto"
      ? null
      : `${python.command} has no memray that can be imported, so Python traces instead; ` +
        "memray runs on Linux and macOS: python -m pip install memray";
  return { engine: "tracemalloc", note };
}

function hasMemray(
  { command, args }: Python,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(command, [...args, "-c", "import memray"], { env, stdio: "ignore" });
    child.on("error", () => resolve(false));
    child.on("close", code => resolve(code === 0));
  });
}
