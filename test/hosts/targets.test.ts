import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, needBridge } from "./support/bridge";
import { debuggingEnded, memoryInsights, sampleFile, tidyUp } from "./support/debugging";
import { notebookText } from "./support/notebook-text";

const cart = sampleFile("test_cart.py");
const text = `import unittest

kept = []


def fill():
    kept.append(b"x" * 9_000_000)


class CartTest(unittest.TestCase):
    def test_fill(self):
        fill()
`;

const cells = ["kept = []", 'n = 9_000_000\nkept.append(b"x" * n)', "1 / 0"];

describe("a part of a file", () => {
  const setting = () => vscode.workspace.getConfiguration("memoryInsights");
  const { Global } = vscode.ConfigurationTarget;

  before(async () => {
    await vscode.workspace.fs.writeFile(cart, new TextEncoder().encode(text));
    await setting().update("codeLens", "all", Global);
  });
  afterEach(tidyUp);
  after(async () => {
    await setting().update("codeLens", undefined, Global);
    await vscode.workspace.fs.delete(cart);
  });

  it("is profiled by itself from the lens over it", async function () {
    const page = needBridge(this);
    await vscode.window.showTextDocument(cart);
    const lenses = await eventually("the lenses", () => page.query(".codelens-decoration a"));
    assert.deepEqual(
      lenses.map(lens => lens.text.trim()),
      ["Profile memory", "Hunt leaks", "Profile memory", "Hunt leaks"],
    );
    await page.click(".codelens-decoration a");
    const row = await eventually("the line that grew", async () => {
      const rows = await page.panelQuery('[data-testid=line-row][data-file$="test_cart.py"]');
      return rows.find(({ attributes }) => attributes["data-line"] === "7");
    });
    assert.ok(Number(row.attributes["data-bytes"]) > 8_000_000, JSON.stringify(row.attributes));
    await debuggingEnded();
    assert.equal(await page.panelText("[data-testid=program]"), "test_cart.py::fill");
    await page.screenshot("lenses");
  });

  it("is a test from the menu of the test explorer, which runs again and again", async function () {
    const page = needBridge(this);
    const controller = vscode.tests.createTestController("python-tests", "Tests of Python");
    try {
      const item = controller.createTestItem("1", "test_fill", cart);
      item.range = new vscode.Range(10, 4, 11, 0);
      controller.items.add(item);
      const hunt = vscode.commands.executeCommand("memoryInsights.huntLeaksInTest", item);
      await eventually("the question for rounds", () => page.query(".quick-input-widget input"));
      await page.key("Enter");
      await hunt;
      const { getLatestProfile } = await memoryInsights();
      await eventually("ten rounds", () => getLatestProfile()?.stops.length === 10, 40_000);
      await debuggingEnded();
      const suspect = await eventually("the suspect", async () => {
        const rows = await page.panelQuery("[data-testid=leak]");
        return rows.find(row => row.text.includes("test_cart.py:7"));
      });
      assert.ok(Number(suspect.attributes["data-bytes"]) > 8_000_000);
      await page.screenshot("leaks-in-test");
    } finally {
      controller.dispose();
    }
  });

  it("is a notebook's cells up to one, whose lines lead back to them", async function () {
    const page = needBridge(this);
    const uri = sampleFile("plot.ipynb");
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(notebookText(cells)));
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand("memoryInsights.profileCells", notebook.cellAt(2));
    const { getLatestProfile } = await memoryInsights();
    await eventually("the end of the run", () => getLatestProfile()?.exit?.code === 0, 40_000);
    await eventually("the name of the run", async () => {
      return (await page.panelText("[data-testid=program]")) === "plot.ipynb[3]";
    });
    assert.deepEqual(
      getLatestProfile()?.stops.map(({ at }) => at?.file.split("/").at(-1)),
      ["plot.ipynb[2]", "plot.ipynb[3]"],
    );
    await page.screenshot("cells");
    // Which line it was, is sampled.
    const row = '[data-testid=line-row][data-file$="plot.ipynb[3]"]';
    await eventually("the line that grew", () => page.panelQuery(row));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await page.panelClick(row);
    await eventually("the cell", () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.toString() === notebook.cellAt(2).document.uri.toString();
    });
    await vscode.workspace.fs.delete(uri);
  });
});
