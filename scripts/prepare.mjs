// Builds what the command needs when npm packs this repository, as it does for pre-commit and for
// `npm install git+https://…`.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

if (!existsSync("node_modules/esbuild")) {
  // Within `npm install --global` npm takes this folder for a global one, and leaves out what builds.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_(global|prefix)$/i.test(name)),
  );
  const install = ["ci", "--ignore-scripts", "--global=false", "--include=dev"];
  execFileSync("npm", install, { env, stdio: "inherit", shell: process.platform === "win32" });
}
execFileSync(process.execPath, ["esbuild.js"], { stdio: "inherit" });
