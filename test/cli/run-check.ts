import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCheck } from "../../src/cli/check";

/** A folder of its own for one test, and a way to run `check` in it. */
export interface CheckFolder {
  readonly path: string;
  /** Writes files by relative path; bytes as they are, texts as UTF-8. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  run(...argv: readonly string[]): Promise<CheckOutcome>;
  /** The same with something on standard input. */
  runOn(input: string | Uint8Array, ...argv: readonly string[]): Promise<CheckOutcome>;
  remove(): void;
}

/** What a run wrote, with the folder's own path masked. */
export interface CheckOutcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Makes a folder; whoever makes it removes it. */
export function checkFolder(): CheckFolder {
  const path = mkdtempSync(join(tmpdir(), "check-"));
  const distFolder = join(path, ".dist");
  const environment = { MEMORY_INSIGHTS_CACHE: join(path, ".results") };
  return {
    path,
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), content);
      }
    },
    run: (...argv) => runWith("", argv),
    runOn: (input, ...argv) => runWith(input, argv),
    remove: () => {
      rmSync(path, { recursive: true });
    },
  };

  async function runWith(input: string | Uint8Array, argv: readonly string[]) {
    let out = "";
    let err = "";
    const code = await runCheck(argv, {
      out: text => (out += text),
      err: text => (err += text),
      readInput: () => Promise.resolve(Buffer.from(input)),
      environment,
      cwd: path,
      version: "1.2.3",
      program: "memory-insights",
      probeFolder: join(distFolder, "probe"),
      distFolder,
    });
    const mask = (text: string) => text.replaceAll(path, "ROOT");
    return { code, out: mask(out), err: mask(err) };
  }
}
