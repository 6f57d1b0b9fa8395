import { Duplex } from "node:stream";

/** Event of the debug adapter's protocol by which the probe sends lines. */
const eventName = "memoryInsights";

/** Reads the probe's lines out of a message from the debug adapter; null when there are none. */
export function readProbeLines(message: unknown): string | null {
  if (typeof message !== "object" || message === null) return null;
  if (Reflect.get(message, "event") !== eventName) return null;
  const body: unknown = Reflect.get(message, "body");
  const lines: unknown = typeof body === "object" && body ? Reflect.get(body, "lines") : undefined;
  return typeof lines === "string" ? lines : null;
}

/** Carries the probe's lines over a debug session, where no socket leads back from the program. */
export class DebuggerStream extends Duplex {
  readonly #send: (line: string) => PromiseLike<unknown>;

  /** `send` has the debugger hand a line to the probe. */
  constructor(send: (line: string) => PromiseLike<unknown>) {
    super({ decodeStrings: true });
    this.#send = send;
    // What still waits to be sent has nobody to go to.
    this.once("end", () => this.destroy());
  }

  /** Takes what the probe has sent. */
  takeLines(lines: string): void {
    if (!this.destroyed) this.push(lines);
  }

  /** Closes once all that was taken has been read: the session is over. */
  finish(): void {
    this.push(null);
    this.end();
  }

  override _read(): void {
    // The probe sends on its own; nothing has to be asked for.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#send(chunk.toString("utf8").trimEnd()).then(
      () => done(),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  }
}
