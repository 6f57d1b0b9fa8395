// Starts other programs: never through a shell, never left behind.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** A program that ended in failure; `output` is all it wrote. */
export class ProgramFailed extends Error {
  constructor(message, output) {
    super(message);
    this.output = output;
  }
}

/**
 * Runs a program to its end and returns `{ code, stdout, stderr, output }`, never throwing for an
 * exit code; a program that cannot be started ends with code 127.
 *
 * Options: `cwd`, `env` (added to this process's), `timeoutMs`, `input`, and `onOutput(text)` to
 * follow along.
 */
export async function run(command, args, options = {}) {
  const { cwd, env, timeoutMs, onOutput } = options;
  const child = start(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "", output: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", text => {
      texts[name] += text;
      texts.output += text;
      onOutput?.(text);
    });
  }
  let timedOut = false;
  const late = timeoutMs && setTimeout(() => void ((timedOut = true), stop(child)), timeoutMs);
  const code = await ended(child, error => {
    texts.output += `${command}: ${error.message}\n`;
  });
  clearTimeout(late);
  if (timedOut) texts.output += `\n${command} was stopped after ${timeoutMs / 1000} s\n`;
  return { code: timedOut ? 124 : code, ...texts };
}

/** Runs a program and throws `ProgramFailed` unless it exits with 0. */
export async function runOrFail(command, args, options = {}) {
  const result = await run(command, args, options);
  if (result.code === 0) return result;
  throw new ProgramFailed(`${command} ${args.join(" ")}: exit code ${result.code}`, result.output);
}

const running = new Set();

/** Starts a program in a process group of its own, so that `stop` ends its children with it. */
export function start(command, args, { env, ...options } = {}) {
  const child = spawn(command, args, {
    stdio: "ignore",
    windowsHide: true,
    ...options,
    env: { ...process.env, ...env },
    detached: process.platform !== "win32",
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

async function ended(child, onError) {
  return new Promise(resolve => {
    child.once("error", error => {
      onError(error);
      resolve(127);
    });
    child.once("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

/** Ends a started program and its children: asks first, insists after three seconds. */
export async function stop(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise(resolve => child.once("exit", resolve));
  signal(child.pid, "SIGTERM");
  const insist = setTimeout(() => signal(child.pid, "SIGKILL"), 3000);
  await gone;
  clearTimeout(insist);
  // What the program started may outlive it for a moment; the group has no other members.
  signal(child.pid, "SIGKILL");
}

function signal(pid, name) {
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** Ends everything that was started and still runs, when this process is asked to end. */
export function stopAllOnSignals() {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      void stopAll().finally(() => process.exit(name === "SIGINT" ? 130 : 143));
    });
  }
}

const cleanups = new Set();

/** Has `cleanup` done when this process is stopped before `done()`, the returned function, ran. */
export function cleanUpWhenStopped(cleanup) {
  cleanups.add(cleanup);
  return () => void cleanups.delete(cleanup);
}

/** Ends everything that was started and still runs, then cleans up after it. */
export async function stopAll() {
  await Promise.all([...running].map(stop));
  await Promise.all([...cleanups].map(cleanup => cleanup()));
}

/** Runs a script to its end: says what went wrong, and leaves nothing behind that it started. */
export async function runMain(main, failureCode = 2) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = failureCode;
  }
  await stopAll();
}

/** Finds a program on the PATH; on Windows with the endings that PATHEXT names. */
export function findOnPath(name) {
  const endings =
    process.platform === "win32" ? (process.env.PATHEXT ?? ".EXE;.CMD").split(";") : [""];
  for (const folder of (process.env.PATH ?? "").split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}

/** The arguments that run npm with this Node, so that no shell and no npm.cmd is needed. */
export function npmCommand(args) {
  const besideNode = dirname(process.execPath);
  const places = [
    process.env.npm_execpath,
    join(besideNode, "node_modules", "npm", "bin", "npm-cli.js"),
    join(besideNode, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(besideNode, "..", "share", "nodejs", "npm", "bin", "npm-cli.js"),
    "/usr/share/nodejs/npm/bin/npm-cli.js",
  ];
  const npm = places.find(path => path && /npm-cli\.[cm]?js$/.test(path) && existsSync(path));
  return npm ? [process.execPath, [npm, ...args]] : ["npm", args];
}

/** Resolves after so many milliseconds. */
export function pause(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}
