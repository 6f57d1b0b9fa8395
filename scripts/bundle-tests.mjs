// Bundles the TypeScript tests for mocha: one output file for each test file, in .cache/tests.
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/**
 * Bundles all tests and returns their outputs by stage:
 * `{ unit, dap, panel, hosts, hostEntry }`, paths relative to the root.
 */
export async function bundleTests(root, out = join(root, ".cache", "tests")) {
  const { build } = await import("esbuild");
  const tests = testFiles(root);
  await rm(out, { recursive: true, force: true });
  const entry = "test/hosts/index.ts";
  const hasHosts = readdirSync(join(root, "test/hosts")).includes("index.ts");
  await build({
    absWorkingDir: root,
    entryPoints: hasHosts ? [...tests, entry] : tests,
    outbase: "test",
    outdir: out,
    bundle: true,
    // Tests of one file share their modules with no other file, as they would in a fresh process.
    splitting: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    external: ["vscode"],
    sourcemap: "linked",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".md": "text", ".css": "empty" },
    define: { "import.meta.url": "__importMetaUrl" },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: "warning",
  });
  const output = file => join(out, file.slice("test/".length).replace(/\.(tsx?|mjs)$/, ".js"));
  const inFolder = name => tests.filter(file => file.startsWith(`test/${name}/`)).map(output);
  const others = ["hosts", "panel", "dap"].map(name => `test/${name}/`);
  return {
    unit: tests.filter(file => !others.some(name => file.startsWith(name))).map(output),
    dap: inFolder("dap"),
    panel: inFolder("panel"),
    hosts: inFolder("hosts"),
    hostEntry: hasHosts ? output(entry) : undefined,
  };
}

function testFiles(root) {
  return readdirSync(join(root, "test"), { recursive: true, withFileTypes: true })
    .filter(file => file.isFile() && /\.test\.(tsx?|mjs)$/.test(file.name))
    .map(file => relative(root, join(file.parentPath, file.name)).split(sep).join("/"))
    .sort();
}
