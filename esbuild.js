// Builds what ships: one entry a bundle, and the files that are copied as they are.
const {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const { basename, join } = require("node:path");
const esbuild = require("esbuild");

const isProduction = process.argv.includes("--production");
const isWatching = process.argv.includes("--watch");
const dist = join(__dirname, "dist");

const common = {
  bundle: true,
  minify: isProduction,
  sourcemap: isProduction ? false : "linked",
  logLevel: "warning",
  legalComments: "none",
};
const node = { ...common, platform: "node", target: "node20", format: "cjs" };

/** Leaves the language client out of the extension's bundle; it stands beside it in dist. */
const externalClient = {
  name: "external-client",
  setup(build) {
    build.onResolve({ filter: /^\.\/client$/ }, ({ path }) => ({ path, external: true }));
  },
};

const bundles = [
  {
    ...node,
    entryPoints: { extension: "src/extension/main.ts" },
    // The language client is most of the code and is not needed to activate: a bundle of its own,
    // which `require` loads when `main.ts` asks for it.
    plugins: [externalClient],
    supported: { "dynamic-import": false },
    external: ["vscode"],
  },
  {
    ...node,
    entryPoints: { client: "src/extension/client/index.ts" },
    // The client library's package exports lead the bundler to its UMD build; this is its CommonJS one.
    mainFields: ["module", "main"],
    external: ["vscode"],
  },
  { ...node, entryPoints: { server: "src/server/main.node.ts" } },
  {
    // The extension in a browser's editor, which hands it `vscode` and nothing else by `require`.
    ...common,
    platform: "browser",
    target: "es2022",
    format: "cjs",
    entryPoints: { "web/extension": "src/extension/main.web.ts" },
    external: ["vscode"],
  },
  {
    ...common,
    platform: "browser",
    target: "es2022",
    format: "iife",
    entryPoints: { "web/server": "src/server/main.worker.ts" },
  },
  { ...node, entryPoints: { cli: "src/cli/main.ts" } },
  { ...node, entryPoints: { "check-worker": "src/cli/main.worker.ts" } },
  {
    ...common,
    platform: "browser",
    target: "es2022",
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    entryPoints: { panel: "src/webview/main.tsx" },
  },
  {
    ...common,
    entryPoints: { panel: "src/webview/panel.css" },
    loader: { ".ttf": "file" },
    assetNames: "[name]",
  },
];

/** Files that ship as they are: what is copied, and where to below dist. */
const copies = [["src/probe", "probe"]];

async function copyFiles() {
  for (const [from, to] of copies) {
    const source = join(__dirname, from);
    if (!existsSync(source)) continue;
    cpSync(source, join(dist, to), {
      recursive: true,
      filter: path => basename(path) !== "__pycache__",
    });
  }
  const { readablePage } = await import("./scripts/rule-page.mjs");
  writeRulePages(join(__dirname, "src/rules"), readablePage);
  writeRulePages(join(__dirname, "src/analyzer"), readablePage);
}

/** Writes each rule's page flat into dist/rules, where the editor opens it offline. */
function writeRulePages(folder, toReadable) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) writeRulePages(path, toReadable);
    else if (entry.endsWith(".md")) {
      writeFileSync(join(dist, "rules", entry), toReadable(readFileSync(path, "utf8")));
    }
  }
}

async function main() {
  rmSync(join(dist, "probe"), { recursive: true, force: true });
  mkdirSync(join(dist, "rules"), { recursive: true });
  const wanted = bundles.filter(bundle =>
    Object.values(bundle.entryPoints).every(entry => existsSync(join(__dirname, entry))),
  );
  const options = wanted.map(bundle => ({ ...bundle, outdir: dist, absWorkingDir: __dirname }));
  await copyFiles();
  if (!isWatching) {
    await Promise.all(options.map(option => esbuild.build(option)));
    return;
  }
  const contexts = await Promise.all(options.map(option => esbuild.context(option)));
  await Promise.all(contexts.map(context => context.watch()));
}

main().catch(error => {
  // esbuild has already printed what is wrong with the sources.
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
