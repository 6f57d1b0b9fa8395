// npm start: from a fresh clone to the sample, open in VS Code with this extension.
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cacheFolder, keyOf } from "./cache.mjs";
import { editors } from "./editors.mjs";
import { ensurePackages, whyNodeIsTooOld } from "./packages.mjs";
import { runMain, runOrFail, stopAllOnSignals } from "./processes.mjs";
import { environmentFor, findPython } from "./python.mjs";

const help = `npm start [-- OPTIONS]

Opens a sample project in VS Code with this extension, installing first what is missing.

  --editor=code       the desktop VS Code of this machine
  --editor=download   a desktop VS Code that is fetched once into the cache
  --editor=browser    VS Code's own server from npm, in the browser, on this machine only
  --no-open           print the address, do not open a browser; start no desktop editor
  --verbose           show what the installers say

Without --editor the first that works is taken, in this order. Ctrl+C ends what was started.
Environment: MEMORY_INSIGHTS_CACHE (downloads), MEMORY_INSIGHTS_PYTHON (the Python to use).
`;

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

async function main() {
  const { values } = parseArgs({
    options: {
      editor: { type: "string" },
      "no-open": { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(help);
  if (values.editor && !(values.editor in editors)) {
    throw new Error(`--editor is one of ${Object.keys(editors).join(", ")}`);
  }
  const tooOld = whyNodeIsTooOld();
  if (tooOld) throw new Error(tooOld);
  stopAllOnSignals();
  const onOutput = values.verbose ? text => process.stdout.write(text) : undefined;
  const place = prepare(onOutput);
  await openEditor({ ...place, ...values, noOpen: values["no-open"], onOutput });
}

/**
 * Begins to install, build and copy. The steps that do not need each other run side by side, and
 * beside the start of an editor: `ready` resolves with the Python when all are done.
 */
function prepare(onOutput) {
  const build = async () => {
    await step("packages", async () =>
      (await ensurePackages(root, onOutput)) ? "installed" : "already installed",
    );
    await step("build", () => runOrFail(process.execPath, ["esbuild.js"], { cwd: root, onOutput }));
  };
  // One scratch place for each checkout, so that two checkouts do not share windows.
  const scratch = join(cacheFolder(), `start-${keyOf(root)}`);
  const workspace = join(scratch, "sample");
  const ready = Promise.all([
    step("python", () => pythonWithDebugpy(onOutput)),
    step("sample", () => copySample(workspace)),
    build(),
  ]).then(([python]) => python.interpreter);
  // Whoever opens an editor awaits it, but perhaps only after it failed.
  ready.catch(() => undefined);
  return { root, scratch, workspace, ready };
}

/** The static part works without debugpy, so a Python that cannot be had stops nothing. */
async function pythonWithDebugpy(onOutput) {
  const python = await findPython();
  if (!python) {
    return { warning: "no Python 3.9 to 3.14 found: findings work, profiling does not" };
  }
  try {
    const interpreter = await environmentFor(python, {
      say: line => console.log(`… ${line}`),
      onOutput,
    });
    return { note: `${python.version} with debugpy`, interpreter };
  } catch (error) {
    const reason = (error.output || error.message).trim().split("\n").at(-1);
    const next = "findings work; profiling needs `python -m pip install debugpy`";
    return { warning: `${reason}; ${next}`, interpreter: python.executable };
  }
}

async function copySample(workspace) {
  await rm(workspace, { recursive: true, force: true });
  await mkdir(workspace, { recursive: true });
  await cp(join(root, "media", "sample"), workspace, {
    recursive: true,
    filter: source => !source.includes("__pycache__"),
  });
  return workspace;
}

/** Opens the chosen editor, or the first that can be had, and stays until it ends. */
async function openEditor(options) {
  const tried = [];
  for (const name of options.editor ? [options.editor] : Object.keys(editors)) {
    const began = performance.now();
    const result = await editors[name](options).catch(error => ({
      problem: [error.message, lastLines(error.output)].filter(Boolean).join("\n"),
    }));
    // A step that failed has nothing to do with the editor.
    await options.ready;
    if (result.problem) {
      tried.push(`  ${name}: ${result.problem}`);
      continue;
    }
    printStep("✔", "editor", began, result.note);
    if (result.address) console.log(`\n  ${result.address}\n`);
    console.log(`Press F5 in the window to profile the sample. ${result.how ?? ""}`.trimEnd());
    if (options.noOpen && !result.address) return;
    process.exitCode = (await result.ended) ?? 0;
    return;
  }
  throw new Error(
    [
      "No VS Code could be opened. Tried:",
      ...tried,
      "Install VS Code from https://code.visualstudio.com, with its `code` command on the PATH,",
      "or give this machine access to update.code.visualstudio.com or to the npm registry.",
      ...(options.editor ? ["Without --editor, all three ways are tried."] : []),
    ].join("\n"),
  );
}

/** Runs one step and prints one line about it. */
async function step(name, work) {
  const began = performance.now();
  try {
    const result = await work();
    const { warning, note } = typeof result === "string" ? { note: result } : result;
    printStep(warning ? "!" : "✔", name, began, warning ?? note);
    return result;
  } catch (error) {
    printStep("✖", name, began, error.message);
    throw new Error(lastLines(error.output) || `${name} failed`, { cause: error });
  }
}

function printStep(mark, name, began, note = "") {
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  console.log(`${mark} ${name.padEnd(9)}${seconds.padStart(7)}  ${note}`.trimEnd());
}

function lastLines(output = "") {
  return output.trim().split("\n").slice(-20).join("\n");
}

await runMain(main, 1);
