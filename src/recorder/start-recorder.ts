import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:net";
import { delimiter, join } from "node:path";
import type { RecorderOptions, RecorderStart } from "./recorder";
import { Recording } from "./recording";

const channelVariable = "MEMORY_INSIGHTS_CHANNEL";
const tokenVariable = "MEMORY_INSIGHTS_TOKEN";

/** Starts listening on loopback. Never rejects: a port that cannot be bound is a problem. */
export async function startRecorder(options: RecorderOptions): Promise<RecorderStart> {
  const server = createServer();
  const port = await listen(server, options.host ?? "127.0.0.1", portOf(options.reuse));
  if (typeof port !== "number") return cannotListen(port);
  const token = options.reuse?.[tokenVariable] ?? randomBytes(32).toString("hex");
  const environment = environmentOf(options, port, token);
  return {
    kind: "recording",
    recorder: new Recording(options, server, { environment, token }),
  };
}

/** The port of an earlier recorder; 0 lets the system choose one. */
function portOf(reuse: RecorderOptions["reuse"]): number {
  const port = Number(reuse?.[channelVariable]?.split(":").at(-1));
  return Number.isInteger(port) ? port : 0;
}

function listen(server: Server, host: string, wanted: number): Promise<number | Error> {
  return new Promise(resolve => {
    server.once("error", resolve);
    server.listen({ host, port: wanted }, () => {
      const address = server.address();
      resolve(
        typeof address === "object" && address ? address.port : new Error("the server has no port"),
      );
    });
  });
}

function cannotListen(error: Error): RecorderStart {
  const text =
    `No local port could be opened for the profiler (${error.message}). ` +
    "Allow local connections in the firewall or sandbox that forbids them, then start again.";
  return { kind: "problem", problem: { kind: "cannot-listen", text } };
}

/** Everything goes by the environment: command lines can be read by other users. */
function environmentOf(
  options: RecorderOptions,
  port: number,
  token: string,
): Readonly<Record<string, string>> {
  const site = join(options.probeFolder, "site");
  const paths = [site, ...(options.pythonPath ? [options.pythonPath] : [])];
  return {
    PYTHONPATH: paths.join(delimiter),
    [channelVariable]: `${options.host ?? "127.0.0.1"}:${port}`,
    [tokenVariable]: token,
    MEMORY_INSIGHTS_LEVEL: options.level,
    MEMORY_INSIGHTS_FRAMES: String(options.frames),
    MEMORY_INSIGHTS_INTERVAL_MS: String(options.intervalMs ?? 50),
    MEMORY_INSIGHTS_SNAPSHOT_MS: String(options.snapshotMs ?? 0),
    MEMORY_INSIGHTS_MEMRAY: options.memrayFile ?? "",
    MEMORY_INSIGHTS_TRACE_FUNCTION: options.traceFunction ?? "",
  };
}
