// A language client with nothing but the messages: for timing servers from outside.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Our server, with the engine set up as `src/extension/client/index.ts` does. */
export function ownServer(root) {
  const engine = "--max-semi-space-size=16";
  return new LanguageClient(process.execPath, [engine, join(root, "dist", "server.js"), "--stdio"]);
}

/** Starts a language server on standard input and output. */
export class LanguageClient {
  #next = 1;
  #waiting = new Map();
  #buffer = Buffer.alloc(0);
  #process;

  constructor(command, args, env = {}) {
    this.#process = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#process.stdout.on("data", chunk => this.#read(chunk));
  }

  get pid() {
    return this.#process.pid;
  }

  async start(folder, initializationOptions) {
    const uri = pathToFileURL(folder).href;
    await this.request("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "bench" }],
      capabilities: {
        textDocument: { diagnostic: {} },
        general: { positionEncodings: ["utf-16"] },
      },
      initializationOptions,
    });
    this.notify("initialized", {});
  }

  request(method, params) {
    const id = this.#next++;
    this.#send({ jsonrpc: "2.0", id, method, params });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  notify(method, params) {
    this.#send({ jsonrpc: "2.0", method, params });
  }

  async stop() {
    await this.request("shutdown", null);
    this.notify("exit", null);
    await new Promise(resolve => this.#process.once("exit", resolve));
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify(message));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
  }

  #read(chunk) {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(
        /Content-Length: (\d+)/i.exec(this.#buffer.toString("ascii", 0, end))[1],
      );
      if (this.#buffer.length < end + 4 + length) return;
      const message = JSON.parse(this.#buffer.toString("utf8", end + 4, end + 4 + length));
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#receive(message);
    }
  }

  #receive(message) {
    if (message.method !== undefined) {
      // What a server asks of its client has no answer that matters here.
      if (message.id !== undefined) {
        const result = message.method === "workspace/configuration" ? [null] : null;
        this.#send({ jsonrpc: "2.0", id: message.id, result });
      }
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }
}
