import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { HelloMessage } from "#profile";
import { until } from "../support/until";

/** A hello as a probe on Linux sends it, without the token. */
export const hello: HelloMessage = {
  kind: "hello",
  version: 1,
  pid: 10,
  parentPid: 1,
  python: "3.11.7",
  implementation: "CPython",
  executable: "/usr/bin/python3",
  argv: ["app.py"],
  cwd: "/home/ada/shop",
  platform: process.platform,
  level: "live",
  frames: 1,
  intervalMs: 50,
  startedAt: 1_790_000_000_000,
  prefix: "/usr",
  stdlib: "/usr/lib/python3.11",
  sitePaths: [],
  probePath: "/opt/probe",
  coverage: "none",
};

/** A socket that says what a test tells it to. */
export class FakeProbe {
  readonly #socket: Socket;
  readonly #token: string;
  #received = "";
  #isClosed = false;

  private constructor(socket: Socket, token: string) {
    this.#socket = socket;
    this.#token = token;
    socket.on("data", chunk => (this.#received += chunk.toString()));
    socket.on("error", () => (this.#isClosed = true));
    socket.on("close", () => (this.#isClosed = true));
  }

  /** Connects to where the variables of a recorder point. */
  static async connect(environment: Readonly<Record<string, string>>): Promise<FakeProbe> {
    const [host = "", port = ""] = (environment["MEMORY_INSIGHTS_CHANNEL"] ?? "").split(":");
    const socket = connect({ host, port: Number(port) });
    await once(socket, "connect");
    return new FakeProbe(socket, environment["MEMORY_INSIGHTS_TOKEN"] ?? "");
  }

  /** Introduces itself with the right token, as another process where told. */
  greet(fields: Partial<HelloMessage> = {}): void {
    this.send({ ...hello, ...fields, token: this.#token });
  }

  /** Sends messages, one line each. */
  send(...messages: readonly object[]): void {
    this.write(messages.map(message => `${JSON.stringify(message)}\n`).join(""));
  }

  /** Sends bytes as they are. */
  write(data: string | Buffer): void {
    if (this.#socket.writable) this.#socket.write(data);
  }

  /** Waits for a message of this kind from the host. */
  async receive(kind: string): Promise<Record<string, unknown>> {
    return until(`a ${kind} from the host`, () =>
      this.#messages().find(message => message["kind"] === kind),
    );
  }

  /** What has come from the host by now. */
  kinds(): readonly unknown[] {
    return this.#messages().map(message => message["kind"]);
  }

  #messages(): readonly Record<string, unknown>[] {
    const lines = this.#received.split("\n").slice(0, -1);
    return lines.map(line => JSON.parse(line) as Record<string, unknown>);
  }

  /** Waits until the host has closed the connection. */
  async closed(withinMs?: number): Promise<void> {
    await until("the end of the connection", () => this.#isClosed, withinMs);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Ends the connection in order, after all that was sent. */
  end(): void {
    this.#socket.end();
  }

  /** Ends it as a killed process does. */
  kill(): void {
    this.#socket.resetAndDestroy();
  }
}
