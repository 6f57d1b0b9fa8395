import assert from "node:assert/strict";
import * as vscode from "vscode";
import { bridge, eventually, needBridge, pythonWithDebugpy } from "./support/bridge";

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
    await bridge?.screenshot("smoke");
  });
});
