// The ways to open the sample in a VS Code, in the order in which they are tried.
import { spawn } from "node:child_process";
import { existsSync, realpathSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import {
  installBrowserEditor,
  linkExtensions,
  quietSettings,
  startBrowserEditor,
  whyNoBrowserEditor,
} from "./browser-editor.mjs";
import { fetchDesktopEditor } from "./desktop-editor.mjs";
import { findOnPath, pause, start } from "./processes.mjs";

/**
 * Each takes `{ root, scratch, workspace, ready, noOpen, onOutput }` and returns `{ problem }`, or
 * `{ note, address, how, ended }`, where `ended` resolves with an exit code. `ready` resolves with
 * the path of a Python when the extension is built and the workspace is there.
 */
export const editors = { code: openCode, download: openDownload, browser: openBrowser };

/** What the window shows first: a file with several findings. */
const firstFile = join("shop", "report.py");

async function openCode(options) {
  const code = findCode();
  if (!code) return { problem: "there is no `code` command, and no VS Code where it usually is" };
  return hasDisplay() ? openDesktop(code, options) : { problem: `${code} needs a display` };
}

async function openDownload(options) {
  if (!hasDisplay()) return { problem: "this machine has no display" };
  await options.ready;
  const { path, problem } = await fetchDesktopEditor(line => console.log(`… ${line}`));
  return problem ? { problem } : openDesktop(path, options);
}

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/** VS Code and its kin, as a command on the PATH or where their installers put them. */
function findCode() {
  const commands = ["code", "code-insiders", "codium", "cursor"].map(findOnPath);
  const { LOCALAPPDATA = "", PROGRAMFILES = "" } = process.env;
  const app = join("Visual Studio Code.app", "Contents", "MacOS", "Electron");
  const places = {
    darwin: [join("/Applications", app), join(homedir(), "Applications", app)],
    win32: [
      join(LOCALAPPDATA, "Programs", "Microsoft VS Code", "Code.exe"),
      join(PROGRAMFILES, "Microsoft VS Code", "Code.exe"),
    ],
  };
  const found = [...commands, ...(places[process.platform] ?? [])].find(
    // In a terminal of a remote window, `code` is another program that only opens files there.
    path => path && existsSync(path) && !path.includes("remote-cli"),
  );
  return found && programBehind(found);
}

/**
 * The program that a `bin/code` command starts. The command itself lets go of the window, so that
 * Ctrl+C could not close it; where the program is not found the command must do.
 */
function programBehind(command) {
  const real = realpathSync(command);
  const folder = join(dirname(real), "..");
  const name = basename(real).replace(/\.(cmd|bat|exe)$/i, "");
  const places = {
    darwin: [join(folder, "..", "..", "MacOS", "Electron")],
    win32: [join(folder, "Code.exe"), join(folder, `${name}.exe`)],
  };
  const candidates = places[process.platform] ?? [join(folder, name)];
  return candidates.find(path => existsSync(path) && statSync(path).isFile()) ?? real;
}

async function openDesktop(code, options) {
  const { root, scratch, workspace, noOpen } = options;
  const python = await options.ready;
  const user = join(scratch, "desktop");
  await mkdir(join(user, "User"), { recursive: true });
  const settings = JSON.stringify(quietSettings(python), null, 2);
  await writeFile(join(user, "User", "settings.json"), settings);
  if (noOpen) return { note: `${code} (not opened)` };
  const args = [
    ...["--new-window", "--wait", workspace, join(workspace, firstFile)],
    ...[
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${user}`,
      `--extensions-dir=${join(scratch, "extensions")}`,
    ],
    "--disable-workspace-trust",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
  // Node starts a .cmd file only through cmd; the paths are arguments, never part of a command line.
  const isBatch = /\.(cmd|bat)$/i.test(code);
  const child = isBatch ? start("cmd.exe", ["/d", "/c", code, ...args]) : start(code, args);
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  const ended = endOf(child);
  const atOnce = await Promise.race([ended, pause(700)]);
  if (atOnce) return { problem: `${code} ended at once with exit code ${atOnce}` };
  return { note: code, how: "Ctrl+C here, or closing the window, ends it.", ended };
}

async function openBrowser({ root, scratch, workspace, ready, noOpen, onOutput }) {
  const problem = whyNoBrowserEditor();
  if (problem) return { problem };
  const editor = await installBrowserEditor(onOutput);
  const extensions = join(scratch, "browser", "extensions");
  await linkExtensions(extensions, [root]);
  const server = await startBrowserEditor(editor, {
    state: join(scratch, "browser"),
    extensions,
    settings: quietSettings(),
  });
  // The page reads the settings, so they may come after the server's start.
  await server.writeSettings(quietSettings(await ready));
  const payload = [["openFile", server.remote(join(workspace, firstFile))]];
  const address = server.url({ folder: workspace, payload: JSON.stringify(payload) });
  if (!noOpen) openInBrowser(address);
  return {
    note: "VS Code's server on loopback",
    address,
    how: "Ctrl+C here ends the server.",
    ended: endOf(server.process),
  };
}

/** Opens the user's browser, but not where nobody sits in front of this machine. */
function openInBrowser(address) {
  if (process.env.CI || process.env.SSH_CONNECTION) return;
  const openers = {
    darwin: ["open", [address]],
    win32: ["rundll32", ["url.dll,FileProtocolHandler", address]],
  };
  const [command, args] = openers[process.platform] ?? [findOnPath("xdg-open"), [address]];
  if (!command) return;
  // The browser is the user's own: it is not among what Ctrl+C ends.
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.once("error", error => console.log(`! ${error.message}`)).unref();
}

function endOf(child) {
  return new Promise(resolve => child.once("close", code => resolve(code)));
}
