import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ExitReason } from "#profile";

/** What a debug adapter says of its program, as far as runs are concerned. */
export type AdapterEvent =
  | { readonly kind: "stopped"; readonly threadId: number; readonly reason: string }
  | { readonly kind: "continued" }
  | { readonly kind: "exited"; readonly code: number }
  /** A logpoint asks for a snapshot. */
  | { readonly kind: "snapshot"; readonly name: string }
  /** A logpoint marks a round of a leak hunt. */
  | { readonly kind: "round"; readonly name: string }
  /** A logpoint asks for another level. */
  | { readonly kind: "tracing"; readonly isOn: boolean }
  | { readonly kind: "terminated" };

/** Reads a message from a debug adapter; null when runs have nothing to do with it. */
export function readAdapterEvent(message: unknown): AdapterEvent | null {
  if (!isMessage(message)) return null;
  if (message.type === "response") return readResponse(message as DebugProtocol.Response);
  return message.type === "event" ? readEvent(message as DebugProtocol.Event) : null;
}

/** Requests after which a stopped program runs on. */
const resumingRequests = new Set(["continue", "next", "stepIn", "stepOut", "goto"]);

function readResponse({ command, success }: DebugProtocol.Response): AdapterEvent | null {
  return success && resumingRequests.has(command) ? { kind: "continued" } : null;
}

function readEvent(message: DebugProtocol.Event): AdapterEvent | null {
  const { event } = message;
  const body = message.body as unknown;
  switch (event) {
    case "stopped": {
      const threadId = numberAt(body, "threadId");
      const reason = textAt(body, "reason") ?? "pause";
      return threadId === null ? null : { kind: "stopped", threadId, reason };
    }
    case "continued":
    case "terminated":
      return { kind: event };
    case "output":
      return readLogpoint(body);
    case "exited":
      return { kind: "exited", code: numberAt(body, "exitCode") ?? 0 };
    default:
      return null;
  }
}

const logpoint =
  /^\s*memory: (?:(snapshot|round)(?: "([^"\r\n]{0,200})")?|(start|stop) tracing)\s*$/;

/** Reads `memory: snapshot "after load"` and `memory: start tracing`, as a logpoint writes them. */
function readLogpoint(body: unknown): AdapterEvent | null {
  const output = textAt(body, "output") ?? "";
  // What the program prints comes without a source; a logpoint's comes with one, if an empty one.
  const isLogpoint = isObject(body) && isObject(Reflect.get(body, "source"));
  if (!isLogpoint || output.length > 300) return null;
  const match = logpoint.exec(output);
  if (!match) return null;
  const [, what, name = "", change] = match;
  if (change !== undefined) return { kind: "tracing", isOn: change === "start" };
  return { kind: what === "round" ? "round" : "snapshot", name };
}

/**
 * Tells what a message from the editor asks for at a session's end: the user's own Stop, or that the
 * debugger leaves and the program runs on. Null for all other messages.
 */
export function readEndRequest(message: unknown, isAttached: boolean): ExitReason | null {
  if (!isMessage(message) || message.type !== "request") return null;
  const { command } = message as DebugProtocol.Request;
  if (command === "terminate") return "stopped";
  if (command !== "disconnect") return null;
  const body: unknown = Reflect.get(message, "arguments");
  const ends: unknown = isObject(body) ? Reflect.get(body, "terminateDebuggee") : undefined;
  // Where nothing is said, what was started is ended, and what ran already is left.
  return (typeof ends === "boolean" ? ends : !isAttached) ? "stopped" : "detached";
}

/** Tells whether a message from a debug adapter says that it has attached to its program. */
export function isAttachedResponse(message: unknown): boolean {
  if (!isMessage(message) || message.type !== "response") return false;
  const { command, success } = message as DebugProtocol.Response;
  return command === "attach" && success;
}

/**
 * Has the editor say why the program stopped, and go there: after a pause a debug adapter may ask it
 * to stay where it is.
 */
export function describeStop(message: unknown, description: string): void {
  const body: unknown = isObject(message) ? Reflect.get(message, "body") : undefined;
  if (!isObject(body)) return;
  Reflect.set(body, "description", description);
  Reflect.deleteProperty(body, "preserveFocusHint");
}

/** Finds a thread by its name in the answer to `threads`; else the first; null without any. */
export function findThread(response: unknown, name: string | null): number | null {
  const threads: unknown = isObject(response) ? Reflect.get(response, "threads") : undefined;
  if (!Array.isArray(threads)) return null;
  const named: unknown = threads.find((thread: unknown) => textAt(thread, "name") === name);
  return numberAt(named ?? threads[0], "id");
}

/** The frame that a stopped thread is in. */
export interface TopFrame {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly function: string;
}

/** Reads the answer to `stackTrace`; null when the topmost frame has no file. */
export function readTopFrame(response: unknown): TopFrame | null {
  const frames: unknown = isObject(response) ? Reflect.get(response, "stackFrames") : undefined;
  const top: unknown = Array.isArray(frames) ? frames[0] : undefined;
  const source: unknown = isObject(top) ? Reflect.get(top, "source") : undefined;
  const place = textAt(source, "path");
  const line = numberAt(top, "line");
  if (place === null || line === null || line < 1) return null;
  return { file: pathOf(place), line, function: textAt(top, "name") ?? "" };
}

/** In a remote window the editor answers with addresses; the path is the one on that machine. */
function pathOf(place: string): string {
  const address = /^[a-z][\w.+-]+:\/\/[^/]*(\/.*)$/i.exec(place)?.[1];
  if (address === undefined) return place;
  try {
    return decodeURIComponent(address).replace(/^\/(?=[a-z]:)/i, "");
  } catch {
    return address;
  }
}

function isMessage(value: unknown): value is DebugProtocol.ProtocolMessage {
  return isObject(value) && typeof Reflect.get(value, "type") === "string";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function textAt(owner: unknown, name: string): string | null {
  const value: unknown = isObject(owner) ? Reflect.get(owner, name) : undefined;
  return typeof value === "string" ? value : null;
}

function numberAt(owner: unknown, name: string): number | null {
  const value: unknown = isObject(owner) ? Reflect.get(owner, name) : undefined;
  return typeof value === "number" ? value : null;
}
