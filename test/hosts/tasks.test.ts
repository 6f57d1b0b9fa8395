import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, needBridge } from "./support/bridge";
import { memoryInsights, sampleFile, tidyUp } from "./support/debugging";

const file = sampleFile(".vscode/tasks.json");
const tasks = {
  version: "2.0.0",
  tasks: [
    {
      label: "profile",
      type: "memory-insights",
      program: "${workspaceFolder}/main.py",
      args: ["--orders", "20000"],
      level: "allocations",
    },
  ],
};

describe("a task of the type memory-insights", () => {
  afterEach(tidyUp);

  it("profiles its program without a debugger and opens the run", async function () {
    const page = needBridge(this);
    const { getLatestProfile } = await memoryInsights();
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(tasks)));
    const task = await eventually("the task", async () => {
      const found = await vscode.tasks.fetchTasks({ type: "memory-insights" });
      return found.find(({ name }) => name === "profile");
    });
    await vscode.tasks.executeTask(task);
    const profile = await eventually(
      "the run",
      () => {
        const shown = getLatestProfile();
        return shown?.run.command.includes("20000") && shown;
      },
      60_000,
    );
    assert.equal(profile.run.level, "allocations");
    assert.deepEqual(profile.exit, { code: 0, signal: null });
    assert.equal(vscode.debug.activeDebugSession, undefined);
    await eventually("the run in the panel", async () => {
      return (await page.panelText("[data-testid=ending]")) === "Ended with exit code 0";
    });
    await page.screenshot("task");
    await vscode.commands.executeCommand("workbench.action.tasks.reRunTask");
    const again = await eventually(
      "the second run",
      () => {
        const shown = getLatestProfile();
        return shown?.run.pid !== profile.run.pid && shown;
      },
      60_000,
    );
    assert.equal(again?.run.level, "allocations");
    await vscode.workspace.fs.delete(file);
  });
});
