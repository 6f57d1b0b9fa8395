import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { LateTracker } from "../../src/extension/debug/late-tracker";
import { SessionRuns } from "../../src/extension/debug/session-runs";

/** Writes down what it hears. */
function listener(): { readonly heard: unknown[]; readonly tracker: vscode.DebugAdapterTracker } {
  const heard: unknown[] = [];
  const tracker: vscode.DebugAdapterTracker = {
    onWillReceiveMessage: message => heard.push(["to", message]),
    onDidSendMessage: message => heard.push(["from", message]),
    onWillStopSession: () => heard.push("stop"),
    onError: error => heard.push(error.message),
    onExit: () => heard.push("exit"),
  };
  return { heard, tracker };
}

describe("a tracker that comes late", () => {
  it("hears in order what came before it, and all that comes after", async () => {
    const { heard, tracker } = listener();
    const coming = later<vscode.DebugAdapterTracker | null>();
    const late = new LateTracker(coming.promise);
    late.onDidSendMessage(1);
    late.onWillReceiveMessage(2);
    await coming.settle(tracker);
    late.onDidSendMessage(3);
    late.onError(new Error("broken"));
    late.onWillStopSession();
    late.onExit();
    assert.deepEqual(heard, [["from", 1], ["to", 2], ["from", 3], "broken", "stop", "exit"]);
  });

  it("may not come", async () => {
    const coming = later<vscode.DebugAdapterTracker | null>();
    const late = new LateTracker(coming.promise);
    late.onDidSendMessage(1);
    await coming.settle(null);
    late.onDidSendMessage(2);
  });
});

describe("the run of a debug session", () => {
  it("is that of its parent's, and of the parent's of that", async () => {
    const runs = new SessionRuns<string>();
    runs.set("program", "run");
    assert.equal(await runs.join("server", "program"), "run");
    assert.equal(await runs.join("worker", "server"), "run");
    assert.equal(runs.join("other", "stranger"), null);
    runs.forget("server");
    assert.equal(runs.join("next", "server"), null);
  });

  it("is told to children that were there before their parent had attached", async () => {
    const runs = new SessionRuns<string>();
    runs.expect("program");
    const child = runs.join("child", "program");
    const grandchild = runs.join("grandchild", "child");
    runs.set("program", "run");
    assert.deepEqual(await Promise.all([child, grandchild]), ["run", "run"]);
    assert.equal(await runs.join("later", "program"), "run");
  });

  it("is none where the parent is not measured", async () => {
    const runs = new SessionRuns<string>();
    runs.expect("program");
    const child = runs.join("child", "program");
    runs.set("program", null);
    assert.equal(await child, null);
  });
});

function later<T>() {
  let resolve = (_: T): void => undefined;
  const promise = new Promise<T>(settle => (resolve = settle));
  return {
    promise,
    /** Resolves when those who wait have been told. */
    settle: async (value: T) => {
      resolve(value);
      await promise;
    },
  };
}
