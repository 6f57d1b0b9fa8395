// Runs the host tests in a real VS Code. By itself: node scripts/host-tests.mjs [--grep=TEXT]
// [--verbose] [--host=browser|desktop] [--keep] [--pictures] after `node esbuild.js`.
import { createWriteStream } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { startBridge } from "./browser-bridge.mjs";
import {
  installBrowserEditor,
  linkExtensions,
  quietSettings,
  startBrowserEditor,
  whyNoBrowserEditor,
} from "./browser-editor.mjs";
import { bundleTests } from "./bundle-tests.mjs";
import { ensureChromium } from "./chromium.mjs";
import { runDesktopEditor } from "./desktop-tests.mjs";
import { run, stopAllOnSignals } from "./processes.mjs";
import { environmentFor, findPython, kernelRequirements } from "./python.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const timeoutMs = 8 * 60_000;

/**
 * Runs the host tests in VS Code's server and Chromium.
 *
 * @param options `entry` (bundled test entry), `python` (with debugpy), `chromium`, `editor`
 *   (installed folder), `grep`, `say(line)`, `verbose`, `keep` (leave the state folder)
 * @returns `{ passed, failed, skipped, lines }`
 */
export async function runBrowserHost(options) {
  const { entry, python, chromium, editor, say } = options;
  const place = await preparePlace(python);
  const screenshots = [join(root, ".cache", "screenshots")];
  const copies = process.env.MEMORY_INSIGHTS_SCREENSHOTS;
  if (copies) screenshots.push(resolve(root, copies));
  const bridge = await startBridge(screenshots);
  const env = {
    ...testEnvironment(place, python, options),
    MEMORY_INSIGHTS_TEST_BRIDGE: bridge.url,
  };
  let server, browser;
  try {
    server = await startBrowserEditor(editor, {
      state: place.state,
      extensions: place.extensions,
      settings: { ...quietSettings(python), ...testSettings },
      args: ["--enable-smoke-test-driver"],
      env,
    });
    const { chromium: playwright } = await import("playwright-core");
    browser = await playwright.launch({ executablePath: chromium, args: browserFlags() });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    bridge.setPage(page);
    const listen = await consoleListener("host-browser", say, options.verbose);
    const ended = codeAutomation(page, listen);
    await page.goto(testAddress(server, place, entry));
    const code = await withDeadline(ended, timeoutMs);
    if (code === undefined) await page.screenshot({ path: join(screenshots[0], "_late.png") });
    return await readResults(place.results, code);
  } finally {
    await browser?.close();
    await server?.stop();
    await bridge.close();
    if (options.keep) say(`kept ${place.state}`);
    else await rm(place.state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A fresh copy of the sample, and the folders that VS Code writes into. */
export async function preparePlace() {
  const state = await mkdtemp(join(tmpdir(), "memory-insights-host-"));
  const workspace = join(state, "sample");
  await cp(join(root, "media", "sample"), workspace, {
    recursive: true,
    filter: source => !source.includes("__pycache__"),
  });
  const extensions = join(state, "extensions");
  // They play the marketplace's Python debugger and Jupyter. They are installed because two
  // extensions under development in one window interfere.
  const standIns = ["debugpy-stand-in", "jupyter-stand-in"];
  await linkExtensions(
    extensions,
    standIns.map(name => join(root, "test", "hosts", "fixtures", name)),
  );
  return { state, workspace, extensions, results: join(state, "results.json") };
}

const testSettings = {
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
  "debug.toolBarLocation": "docked",
  "debug.internalConsoleOptions": "neverOpen",
  "workbench.editor.empty.hint": "hidden",
};

export function testEnvironment(place, python, { grep = "", kernelPython }) {
  return {
    ...(kernelPython ? { MEMORY_INSIGHTS_TEST_KERNEL_PYTHON: kernelPython } : {}),
    MEMORY_INSIGHTS_TEST_PYTHON: python,
    MEMORY_INSIGHTS_TEST_RESULTS: place.results,
    MEMORY_INSIGHTS_TEST_GREP: grep,
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

export function browserFlags() {
  const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
  flags.push("--disable-background-networking", "--disable-component-update");
  // Chromium's sandbox refuses to run as root.
  return process.getuid?.() === 0 ? [...flags, "--no-sandbox"] : flags;
}

function testAddress(server, place, entry) {
  const payload = [
    ["extensionDevelopmentPath", server.remote(root)],
    ["extensionTestsPath", server.remote(entry)],
    ["enableProposedApi", ""],
  ];
  return server.url({ folder: place.workspace, payload: JSON.stringify(payload) });
}

/** Relays what the tests print, and resolves with their exit code. */
export function codeAutomation(page, listen) {
  return new Promise(resolve => {
    void page.exposeFunction("codeAutomationLog", (type, args) => listen(type, args));
    void page.exposeFunction("codeAutomationExit", code => resolve(code));
    page.once("crash", () => resolve(1));
  });
}

/**
 * Keeps the whole console in .cache/logs, and says what matters: lines of the tests, which carry
 * a mark (test/hosts/index.ts), and errors that name our own bundles. The rest is VS Code's own:
 * modules that are left unbuilt, services that are out of reach.
 */
export async function consoleListener(name, say, verbose) {
  const folder = join(root, ".cache", "logs");
  await mkdir(folder, { recursive: true });
  const log = createWriteStream(join(folder, `${name}.log`));
  return (type, args) => {
    const text = [args].flat().map(asText).join(" ");
    log.write(`${type}: ${text}\n`);
    const mark = text.indexOf(testMark);
    const ours = type === "error" && /dist[\\/](extension|server|panel)\.js/.test(text);
    if (mark >= 0) say(text.slice(mark + testMark.length));
    else if (verbose || ours) say(`${type}: ${text}`);
  };
}

const testMark = "[test] ";

function asText(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export async function withDeadline(promise, ms) {
  let timer;
  const late = new Promise(resolve => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export async function readResults(file, code) {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const none = { passed: 0, failed: 0, skipped: 0, lines: [] };
  const results = text ? JSON.parse(text) : none;
  if (code === 0 && text) return results;
  if (results.failed > 0) return results;
  const why =
    code === undefined
      ? `The tests did not end within ${timeoutMs / 60_000} minutes`
      : `The extension host ended with code ${code} before the tests did`;
  return { ...results, failed: results.failed + 1, lines: [...results.lines, why] };
}

async function main() {
  const { values } = parseArgs({
    options: {
      grep: { type: "string" },
      host: { type: "string", default: "browser" },
      keep: { type: "boolean", default: false },
      pictures: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
    },
  });
  stopAllOnSignals();
  const say = line => console.log(line);
  const problem = whyNoBrowserEditor();
  if (problem && values.host === "browser") throw new Error(problem);
  // A folder of its own, so that two runs side by side do not take each other's bundles away.
  const bundles = join(root, ".cache", "host-tests", String(process.pid));
  const { hostEntry } = await bundleTests(root, bundles);
  const built = await run(process.execPath, ["esbuild.js"], { cwd: root });
  if (built.code !== 0) throw new Error(built.output);
  const found = await findPython();
  const python = await environmentFor(found);
  const kernelPython = await environmentFor(found, { list: kernelRequirements }).catch(error =>
    say(`kernels are not tried: ${error.message}`),
  );
  const options = { ...values, entry: hostEntry, python, kernelPython, say };
  const results =
    values.host === "desktop"
      ? await runDesktopEditor({ ...options, root })
      : await runBrowserHost({
          ...options,
          chromium: (await ensureChromium(say)).path,
          editor: await installBrowserEditor(),
        });
  await rm(bundles, { recursive: true, force: true });
  if (values.pictures && results.failed === 0) await keepPictures();
  console.log(`${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`);
  process.exitCode = results.failed > 0 ? 1 : 0;
}

/** Puts the pictures that README.md shows where it looks for them, as this run took them. */
async function keepPictures() {
  const readme = await readFile(join(root, "README.md"), "utf8");
  for (const [, name] of readme.matchAll(/\]\(media\/pictures\/([\w-]+\.png)\)/g)) {
    await cp(join(root, ".cache", "screenshots", name), join(root, "media", "pictures", name));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await mkdir(join(root, ".cache"), { recursive: true });
  await main();
}
