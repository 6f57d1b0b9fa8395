// Runs the static half in a VS Code whose extension host is a web worker, without Node.
// By itself: node scripts/web-tests.mjs after `node esbuild.js`.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installBrowserEditor, quietSettings, startBrowserEditor } from "./browser-editor.mjs";
import { ensureChromium } from "./chromium.mjs";
import {
  browserFlags,
  codeAutomation,
  consoleListener,
  preparePlace,
  withDeadline,
} from "./host-tests.mjs";
import { stopAllOnSignals } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const timeoutMs = 4 * 60_000;

/**
 * Runs test/hosts-web in VS Code's server and Chromium.
 *
 * @param options `chromium`, `editor` (installed folder), `say(line)`
 * @returns `{ passed, failed, skipped, lines }`
 */
export async function runWebHost({ chromium, editor, say }) {
  const place = await preparePlace();
  const extension = await stageExtension(join(place.state, "web"));
  const lines = [];
  let server, browser;
  try {
    server = await startBrowserEditor(editor, {
      state: place.state,
      extensions: place.extensions,
      settings: quietSettings(),
      args: ["--enable-smoke-test-driver"],
    });
    const { chromium: playwright } = await import("playwright-core");
    browser = await playwright.launch({ executablePath: chromium, args: browserFlags() });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const listen = await consoleListener("host-web", line => lines.push(line), false);
    const ended = codeAutomation(page, listen);
    const payload = [
      ["extensionDevelopmentPath", server.remote(extension)],
      ["extensionTestsPath", server.remote(join(extension, "test", "index.js"))],
    ];
    await page.goto(server.url({ folder: place.workspace, payload: JSON.stringify(payload) }));
    const code = await withDeadline(ended, timeoutMs);
    lines.forEach(line => say(line));
    const passed = code === 0;
    const why = code === undefined ? "The web worker host did not end in time" : lines.at(-1);
    return passed
      ? { passed: 1, failed: 0, skipped: 0, lines: [] }
      : { passed: 0, failed: 1, skipped: 0, lines: [why ?? "The web worker host failed"] };
  } finally {
    await browser?.close();
    await server?.stop();
    await rm(place.state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A copy of what ships, without the part for Node: so it runs in the browser even on a server. */
async function stageExtension(folder) {
  await mkdir(folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  // JSON leaves out what is undefined.
  const web = { ...manifest, main: undefined, extensionKind: ["web"] };
  await writeFile(join(folder, "package.json"), JSON.stringify(web));
  for (const part of ["dist/web", "dist/rules", "media"]) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: ["test/hosts-web/index.ts"],
    outfile: join(folder, "test", "index.js"),
    bundle: true,
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  stopAllOnSignals();
  const say = line => console.log(line);
  const { path: chromium } = await ensureChromium(say);
  const editor = await installBrowserEditor();
  const results = await runWebHost({ chromium, editor, say });
  for (const line of results.lines) say(line);
  console.log(`${results.passed} passed, ${results.failed} failed`);
  process.exitCode = results.failed > 0 ? 1 : 0;
}
