import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import * as vscode from "vscode";
import { eventually, needBridge, pythonWithDebugpy } from "./support/bridge";
import { debuggingEnded, sampleFile, startDebugging, tidyUp } from "./support/debugging";
import { notifications } from "./support/notifications";

describe("a Python that cannot debug", () => {
  afterEach(tidyUp);

  it("without debugpy is named in one message that says what to do", async function () {
    const page = needBridge(this);
    // The environment's interpreter is a link to the one it was made with, which has no debugpy.
    const bare = realpathSync(pythonWithDebugpy());
    await assert.rejects(startDebugging({ python: bare }));
    const [message] = await eventually("the message", async () =>
      (await notifications(page)).filter(text => text.includes("has no debugpy")),
    );
    assert.ok(message?.includes(bare));
    await vscode.commands.executeCommand("memoryInsights.live.focus");
    await eventually("the reason in the panel", () =>
      page.panelQuery("[data-testid=empty][data-reason=no-debugpy]"),
    );
    await vscode.window.showTextDocument(sampleFile("shop/audit.py"));
    await eventually(
      "findings all the same",
      () => vscode.languages.getDiagnostics(sampleFile("shop/audit.py")).length > 0,
    );
    await page.screenshot("no-debugpy");
    await notifications(page);
    await page.click(".notifications-center .monaco-button");
    await eventually("the run without a debugger", async () => {
      const ending = await page.panelText("[data-testid=ending]");
      return ending === "Ended with exit code 0";
    });
    assert.equal(await page.panelText("[data-testid=program]"), "main.py");
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  it("that is not there is named too", async function () {
    const page = needBridge(this);
    await assert.rejects(startDebugging({ python: "/no/such/python" }));
    await eventually("the message", async () =>
      (await notifications(page)).some(text => text.includes("/no/such/python")),
    );
    await vscode.commands.executeCommand("notifications.clearAll");
  });
});

describe("the command to debug with a memory profile", () => {
  afterEach(tidyUp);

  it("runs the open file and keeps the panel in view", async function () {
    const page = needBridge(this);
    const quick = sampleFile("quick.py");
    const text = "rows = [str(n) for n in range(10_000)]\nprint(len(rows))\n";
    await vscode.workspace.fs.writeFile(quick, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(quick);
    await vscode.commands.executeCommand("memoryInsights.debug");
    await debuggingEnded();
    await eventually("the program in the panel", async () =>
      (await page.panelText("[data-testid=program]")).includes("quick.py"),
    );
    await eventually("the end in the panel", () =>
      page.panelQuery("[data-testid=status][data-status=ended]"),
    );
    await vscode.workspace.fs.delete(quick);
  });
});

/** All messages, also those whose toast has gone. */
