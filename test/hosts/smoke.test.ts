import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, needBridge, pythonWithDebugpy } from "./support/bridge";

describe("the window under test", () => {
  it("has the extension, the stand-in debugger and the sample", () => {
    assert.ok(vscode.extensions.getExtension("memory-insights.memory-insights"));
    assert.ok(vscode.extensions.getExtension("ms-python.debugpy"));
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.name, "sample");
  });

  it("is set to the interpreter that has debugpy", () => {
    const settings = vscode.workspace.getConfiguration("memoryInsights");
    assert.equal(settings.get("pythonPath"), pythonWithDebugpy());
  });

  it("opens a Python file that the page shows", async function () {
    const page = needBridge(this);
    const [file] = await vscode.workspace.findFiles("shop/audit.py");
    assert.ok(file);
    const editor = await vscode.window.showTextDocument(file);
    assert.equal(editor.document.languageId, "python");
    await eventually("the text of the file", async () =>
      (await page.editorText()).includes("def sign(order, trail=[])"),
    );
  });

  it("lets a test look into the panel", async function () {
    const page = needBridge(this);
    await vscode.commands.executeCommand("memoryInsights.live.focus");
    const panel = await eventually("the panel", async () =>
      (await page.panelQuery("#root > *")).find(one => one.box.width > 100),
    );
    assert.equal(typeof panel.text, "string");
  });
});
