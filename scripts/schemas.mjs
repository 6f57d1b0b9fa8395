// Writes what editors complete, from the list of rules: settings in package.json, and the schema of
// configuration files. Run it by `npm run schemas` after a rule was added or its summary changed.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { format, resolveConfig } from "prettier";
import { configurationSchema, withSettings } from "./schemas/describe.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = join(root, ".cache", "schemas", "analyzer.cjs");

await build({
  absWorkingDir: root,
  entryPoints: ["src/analyzer/index.ts"],
  bundle: true,
  platform: "node",
  format: "cjs",
  outfile: bundle,
  logLevel: "warning",
});
const { knownChecks, targetNames } = createRequire(import.meta.url)(bundle);

const manifest = join(root, "package.json");
await write(manifest, withSettings(JSON.parse(await readFile(manifest, "utf8")), knownChecks));
await mkdir(join(root, "schemas"), { recursive: true });
const schema = join(root, "schemas", "memory-insights.schema.json");
await write(schema, configurationSchema(knownChecks, targetNames));

async function write(file, value) {
  const options = { ...(await resolveConfig(file)), filepath: file };
  await writeFile(file, await format(JSON.stringify(value, null, 2), options));
}
