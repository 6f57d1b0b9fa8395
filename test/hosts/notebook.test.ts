import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, needBridge } from "./support/bridge";
import { sampleFile, tidyUp } from "./support/debugging";
import { badLine, costlyLine, costOf, findingOn, goodLine } from "./support/findings";
import { showsAtLine } from "./support/line-ends";
import { insertCell, notebookText } from "./support/notebook-text";

describe("findings in a notebook", () => {
  afterEach(tidyUp);

  it("land in their cells, and see what other cells say", async () => {
    const cell = (text: string) =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "python");
    const data = new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, "# Title", "markdown"),
      cell("%matplotlib inline\nrows = load()"),
      cell(badLine.replace("sum", "total_of")),
      cell(badLine),
    ]);
    const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", data);
    await vscode.window.showNotebookDocument(notebook);
    const uriOf = (index: number) => notebook.cellAt(index).document.uri;
    await findingOn(uriOf(3), "MEM101");
    assert.deepEqual(vscode.languages.getDiagnostics(uriOf(2)), []);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uriOf(1), new vscode.Position(1, 0), "def sum(values): ...\n");
    await vscode.workspace.applyEdit(edit);
    await eventually(
      "no finding in another cell",
      () => vscode.languages.getDiagnostics(uriOf(3)).length === 0,
    );
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("carry what their lines cost when the cells were profiled, wherever they are then", async function () {
    const page = needBridge(this);
    const uri = sampleFile("measured.ipynb");
    const text = notebookText(["rows = range(2_000_000)", costlyLine]);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    try {
      const notebook = await vscode.workspace.openNotebookDocument(uri);
      await vscode.window.showNotebookDocument(notebook);
      const cell = notebook.cellAt(2).document.uri;
      await findingOn(cell, "MEM101");
      await vscode.commands.executeCommand("memoryInsights.profileNotebook");
      await costOf(cell, "confirmed");
      await showsAtLine(page, /· measured about [\d.]+ MiB \(sampled\)/);
      await eventually("the cell in the tree", async () => {
        const rows = await page.query(".monaco-list-row[aria-label*='measured.ipynb[3]:1']");
        return rows.some(({ text }) => /measured\.ipynb\[3\]:1\s*≈ [\d.]+ MiB/.test(text));
      });
      await page.screenshot("measured-cell");
      await insertCell(notebook, 1, "# Another one");
      await costOf(cell, "confirmed");
      const edit = new vscode.WorkspaceEdit();
      edit.insert(cell, new vscode.Position(0, 0), "# changed\n");
      await vscode.workspace.applyEdit(edit);
      await costOf(cell, "stale");
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it("are all fixed at once, in all cells", async () => {
    const { notebook, findings } = await openBadCells(await untitledNotebook());
    await findings();
    await eventually("the fixed cells", async () => {
      await vscode.commands.executeCommand("memoryInsights.fixAll");
      return isFixed(notebook);
    });
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("are fixed when the notebook is saved, where the user wants that", async () => {
    const setting = () => vscode.workspace.getConfiguration("notebook");
    const { Global } = vscode.ConfigurationTarget;
    const kinds = { "source.fixAll.memoryInsights": "explicit" };
    await setting().update("codeActionsOnSave", kinds, Global);
    const file = sampleFile("scratch.ipynb");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(emptyNotebook));
    try {
      const { notebook, findings } = await openBadCells(
        await vscode.workspace.openNotebookDocument(file),
      );
      await findings();
      await vscode.commands.executeCommand("workbench.action.files.save");
      await eventually("the fixed cells", () => isFixed(notebook) && !notebook.isDirty);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    } finally {
      await setting().update("codeActionsOnSave", undefined, Global);
      await vscode.workspace.fs.delete(file);
    }
  });
});

const emptyNotebook = '{ "cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5 }';

async function untitledNotebook(): Promise<vscode.NotebookDocument> {
  return vscode.workspace.openNotebookDocument("jupyter-notebook", new vscode.NotebookData([]));
}

/** Shows a notebook of a title and two cells with a finding each. */
async function openBadCells(notebook: vscode.NotebookDocument) {
  await vscode.window.showNotebookDocument(notebook);
  const { Code, Markup } = vscode.NotebookCellKind;
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [
    vscode.NotebookEdit.insertCells(0, [
      new vscode.NotebookCellData(Markup, "# Title", "markdown"),
      new vscode.NotebookCellData(Code, badLine, "python"),
      new vscode.NotebookCellData(Code, badLine, "python"),
    ]),
  ]);
  await vscode.workspace.applyEdit(edit);
  const findings = () =>
    Promise.all([1, 2].map(index => findingOn(notebook.cellAt(index).document.uri, "MEM101")));
  return { notebook, findings };
}

function isFixed(notebook: vscode.NotebookDocument): boolean {
  return [1, 2].every(index => notebook.cellAt(index).document.getText() === goodLine);
}
