// VS Code's own server from npm, opened in a browser: for machines without a desktop VS Code.
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { installOnce, keyOf } from "./cache.mjs";
import { npmCommand, pause, runOrFail, start, stop } from "./processes.mjs";

const codeServer = "4.139.1";
const nodeMajor = "24";
/** npm's packages of the Node binary alone, which need no install script. */
const nodePackage = `node-${process.platform}-${process.arch}`;

/** Why the browser editor cannot be had here, or undefined where it can. */
export function whyNoBrowserEditor() {
  return process.platform === "win32"
    ? "VS Code's server from npm does not run on Windows outside WSL"
    : undefined;
}

/**
 * Installs the server once into the cache, without a compiler, and returns its folder.
 * Install scripts stay off: what they would build (keychain, terminal log) is not needed here.
 *
 * @throws ProgramFailed when npm fails
 */
export async function installBrowserEditor(onOutput) {
  return installOnce(
    `vscode-server-${codeServer}-${keyOf(codeServer, nodePackage, 1)}`,
    async folder => {
      const install = async (cwd, ...args) => {
        const [command, all] = npmCommand(["install", ...args, ...quiet]);
        await runOrFail(command, all, { cwd, onOutput, env: { npm_config_user_agent: undefined } });
      };
      await writeFile(join(folder, "package.json"), '{ "private": true }\n');
      await install(folder, `code-server@${codeServer}`, `${nodePackage}@${nodeMajor}`);
      const server = join(folder, "node_modules", "code-server", "lib", "vscode");
      await install(server, "--omit=dev");
      await install(join(server, "extensions"), "--omit=dev");
    },
  );
}

const quiet = [
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-package-lock",
  "--loglevel=error",
];

/**
 * Starts the server on loopback and waits until it answers.
 *
 * @param editor folder from `installBrowserEditor`
 * @param options `state` (a folder for all it writes), `settings` (the user's settings), `env`
 *   (for the extension host), `extensions` (a folder), `args` (more flags), `port`
 * @returns `{ origin, token, url(parameters), remote(path), writeSettings(settings), process, stop() }`
 */
export async function startBrowserEditor(editor, options) {
  const { state, settings, env, args = [] } = options;
  const port = options.port ?? (await freePort());
  const token = randomBytes(24).toString("hex");
  const folders = await writeState(state, settings, token);
  const child = start(
    join(editor, "node_modules", nodePackage, "bin", "node"),
    [
      join(editor, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js"),
      ...["--host", "127.0.0.1", "--port", String(port)],
      ...["--connection-token-file", folders.token, "--accept-server-license-terms"],
      ...["--disable-workspace-trust", "--telemetry-level", "off"],
      ...["--server-data-dir", folders.data, "--user-data-dir", folders.data],
      ...["--extensions-dir", options.extensions ?? folders.extensions],
      ...args,
    ],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  const log = createWriteStream(join(state, "server.log"));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const origin = `http://127.0.0.1:${port}`;
  await answering(child, origin, join(state, "server.log"));
  return {
    origin,
    token,
    process: child,
    remote: path => `vscode-remote://127.0.0.1:${port}${path}`,
    url: parameters => `${origin}/?${new URLSearchParams({ tkn: token, ...parameters })}`,
    writeSettings: changed => writeSettings(folders.data, changed),
    stop: () => stop(child),
  };
}

async function writeState(state, settings, token) {
  const folders = {
    data: join(state, "data"),
    extensions: join(state, "extensions"),
    token: join(state, "token"),
  };
  await mkdir(folders.extensions, { recursive: true });
  await writeSettings(folders.data, settings);
  // A command line can be read by every user of the machine, a file only by this one.
  await writeFile(folders.token, token, { mode: 0o600 });
  return folders;
}

/** Paths are settings of the machine, which VS Code reads from a file of their own on a server. */
async function writeSettings(data, settings) {
  for (const kind of ["User", "Machine"]) {
    await mkdir(join(data, kind), { recursive: true });
    await writeFile(join(data, kind, "settings.json"), JSON.stringify(settings, null, 2));
  }
}

/**
 * Puts extensions into a folder where VS Code finds them, each as a link to where it is made.
 * (A page address can name an extension under development too, but only with the flag that hands
 * the window over to a test driver.)
 */
export async function linkExtensions(folder, sources) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const entries = [];
  for (const source of sources) {
    const { publisher, name, version } = JSON.parse(await readFile(join(source, "package.json")));
    const relativeLocation = `${publisher}.${name}-${version}`;
    const link = join(folder, relativeLocation);
    await symlink(source, link, "dir");
    entries.push({
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, path: link, scheme: "file" },
      relativeLocation,
      metadata: { installedTimestamp: 1, source: "vsix" },
    });
  }
  await writeFile(join(folder, "extensions.json"), JSON.stringify(entries));
}

/** Settings for a quiet window: no welcome page, no assistant, nothing that calls home. */
export function quietSettings(pythonPath) {
  return {
    "chat.disableAIFeatures": true,
    "chat.commandCenter.enabled": false,
    "extensions.autoCheckUpdates": false,
    "extensions.autoUpdate": false,
    "extensions.ignoreRecommendations": true,
    "git.openRepositoryInParentFolders": "never",
    "security.workspace.trust.enabled": false,
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "workbench.enableExperiments": false,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "workbench.welcomePage.walkthroughs.openOnInstall": false,
    ...(pythonPath ? { "memoryInsights.pythonPath": pythonPath } : {}),
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function answering(child, origin, log) {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`VS Code's server ended at once; see ${log}`);
    const answer = await fetch(`${origin}/version`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  await stop(child);
  throw new Error(`VS Code's server does not answer on ${origin}; see ${log}`);
}
