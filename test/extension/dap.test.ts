import assert from "node:assert/strict";
import { readAdapterEvent, readEndRequest, readTopFrame } from "../../src/extension/debug/dap";

describe("what a debug adapter says", () => {
  check(event("stopped", { threadId: 3, reason: "step" }), {
    kind: "stopped",
    threadId: 3,
    reason: "step",
  });
  check(event("stopped", { threadId: 3 }), { kind: "stopped", threadId: 3, reason: "pause" });
  check(event("stopped", { reason: "pause" }), null);
  check(event("continued", { threadId: 3 }), { kind: "continued" });
  check(response("next", true), { kind: "continued" });
  check(response("next", false), null);
  check(response("stackTrace", true), null);
  check(event("exited", { exitCode: -9 }), { kind: "exited", code: -9 });
  check(event("terminated", undefined), { kind: "terminated" });
  check(event("output", { output: "stopped" }), null);
  check(output('memory: snapshot "after load"\r\n'), { kind: "snapshot", name: "after load" });
  check(output("memory: snapshot"), { kind: "snapshot", name: "" });
  check(output('memory: round "orders"\n'), { kind: "round", name: "orders" });
  check(output("memory: start tracing\n"), { kind: "tracing", isOn: true });
  check(output("memory: stop tracing"), { kind: "tracing", isOn: false });
  check(output('the memory: snapshot "x"'), null);
  check(output(`memory: snapshot "${"x".repeat(300)}"`), null);
  check(event("output", { category: "stdout", output: "memory: snapshot" }), null);
  check({ type: "request", command: "runInTerminal" }, null);
  check(null, null);
  check("stopped", null);

  function output(text: string) {
    return event("output", { category: "stdout", output: text, source: {} });
  }

  function check(message: unknown, expected: unknown) {
    it(JSON.stringify(message), () => assert.deepEqual(readAdapterEvent(message), expected));
  }
});

describe("a request of the editor", () => {
  check("terminate", undefined, ["stopped", "stopped"]);
  check("terminate", { restart: false }, ["stopped", "stopped"]);
  check("disconnect", { restart: false, terminateDebuggee: true }, ["stopped", "stopped"]);
  check("disconnect", undefined, ["stopped", "detached"]);
  check("disconnect", { terminateDebuggee: false }, ["detached", "detached"]);
  check("pause", { threadId: 1 }, [null, null]);

  function check(command: string, body: unknown, expected: readonly (string | null)[]) {
    const [launched, attached] = expected;
    it(`${command} ${JSON.stringify(body ?? {})}: ${launched ?? "goes on"}, attached ${attached ?? "goes on"}`, () => {
      const message = { type: "request", seq: 1, command, arguments: body };
      const asked = [false, true].map(isAttached => readEndRequest(message, isAttached));
      assert.deepEqual(asked, expected);
    });
  }

  it("is no answer", () => assert.equal(readEndRequest(response("disconnect", true), false), null));
});

describe("the frame on top of a stack", () => {
  const frame = { name: "work", line: 12, source: { path: "/app/main.py" } };

  it("is the first one", () => {
    const answer = { stackFrames: [frame, { ...frame, line: 99 }] };
    assert.deepEqual(readTopFrame(answer), { file: "/app/main.py", line: 12, function: "work" });
  });

  for (const [address, file] of [
    ["vscode-remote://127.0.0.1:8000/tmp/my%20app/main.py", "/tmp/my app/main.py"],
    ["vscode-remote://ssh-remote+box/c:/app/main.py", "c:/app/main.py"],
    ["vscode-remote://box/tmp/100%.py", "/tmp/100%.py"],
    ["C:\\app\\main.py", "C:\\app\\main.py"],
  ] as const) {
    it(`is in ${file}, of ${address}`, () => {
      const answer = { stackFrames: [{ ...frame, source: { path: address } }] };
      assert.equal(readTopFrame(answer)?.file, file);
    });
  }

  for (const answer of [
    { stackFrames: [] },
    { stackFrames: [{ ...frame, source: {} }] },
    { stackFrames: [{ ...frame, line: 0 }] },
    { stackFrames: "none" },
    undefined,
  ]) {
    it(`is unknown in ${JSON.stringify(answer)}`, () => assert.equal(readTopFrame(answer), null));
  }
});

function event(name: string, body: unknown) {
  return { type: "event", seq: 1, event: name, body };
}

function response(command: string, success: boolean) {
  return { type: "response", seq: 1, request_seq: 1, command, success };
}
