// Runs the host tests in a desktop VS Code that @vscode/test-electron fetches.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fetchDesktopEditor } from "./desktop-editor.mjs";
import { preparePlace, readResults, testEnvironment } from "./host-tests.mjs";

/** Runs the host tests there; the bridge to the page is absent, so tests of the DOM are skipped. */
export async function runDesktopEditor(options) {
  const { root, entry, python, say } = options;
  const { path, problem } = options.path ? options : await fetchDesktopEditor(say);
  if (problem) throw new Error(problem);
  const { runTests } = await import("@vscode/test-electron");
  const place = await preparePlace();
  try {
    const code = await runTests({
      vscodeExecutablePath: path,
      extensionDevelopmentPath: root,
      extensionTestsPath: entry,
      extensionTestsEnv: testEnvironment(place, python, options),
      launchArgs: [
        place.workspace,
        ...[`--user-data-dir=${join(place.state, "data")}`, `--extensions-dir=${place.extensions}`],
        ...["--disable-workspace-trust", "--disable-gpu", "--skip-welcome"],
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    }).catch(error => (say(error.message), 1));
    return await readResults(place.results, code);
  } finally {
    await rm(place.state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
