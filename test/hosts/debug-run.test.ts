import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, needBridge } from "./support/bridge";
import {
  breakAt,
  debuggingEnded,
  memoryInsights,
  sampleFile,
  startDebugging,
  StopCounter,
  tidyUp,
} from "./support/debugging";

for (const type of ["memory-insights", "debugpy"]) {
  describe(`a debug run of the type ${type}`, () => {
    const stops = new StopCounter();
    after(() => stops.dispose());
    afterEach(tidyUp);

    it("fills the panel and shows what grew between two stops", async function () {
      const page = needBridge(this);
      await breakAt(sampleFile("main.py"), "addresses  ");
      await breakAt(sampleFile("main.py"), "letters    ");
      await startDebugging({ type });
      await stops.next();
      await stops.goOn();
      await vscode.commands.executeCommand("memoryInsights.live.focus");
      await eventually("the second stop in the panel", async () => {
        const [newest] = await page.panelQuery("[data-testid=last-stop]");
        return newest?.attributes["data-stop"] === "2";
      });
      console.log(await page.panelText("[data-testid=run]"));
      await page.screenshot(`run-${type}`);
      await vscode.commands.executeCommand("workbench.action.debug.continue");
      await debuggingEnded();
      const { getLatestProfile } = await memoryInsights();
      assert.ok(getLatestProfile()?.peakRssBytes);
    });
  });
}
