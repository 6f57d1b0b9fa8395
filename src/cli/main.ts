#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Io } from "./io";
import { runCommand } from "./run-command";
import { tuneEngine } from "./tune-engine";

const unexpected = 70;

const io: Io = {
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  readInput: () => buffer(process.stdin),
  environment: environmentOf(process.env),
  cwd: process.cwd(),
  version: readVersion(),
  program: `node ${relative(process.cwd(), __filename) || __filename}`,
  probeFolder: join(__dirname, "probe"),
  distFolder: __dirname,
};

// A reader such as `head` that has seen enough is no fault of this program.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

tuneEngine();
runCommand(process.argv.slice(2), io).then(
  code => (process.exitCode = code),
  (error: unknown) => {
    io.err(
      `memory-insights: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = unexpected;
  },
);

/** An editor that plays Node was told to by a variable, which is none of the program's. */
function environmentOf(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (process.versions["electron"] === undefined) return variables;
  return { ...variables, ELECTRON_RUN_AS_NODE: undefined };
}

/** The package's manifest lies beside `dist`, in the repository as in what is installed. */
function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));
  const version = typeof manifest === "object" && manifest && "version" in manifest;
  return version ? String(manifest.version) : "unknown";
}
