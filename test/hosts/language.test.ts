import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, needBridge } from "./support/bridge";
import { lineOf, sampleFile, tidyUp } from "./support/debugging";
import { badLine, findingOn, goodLine, openFixes } from "./support/findings";
import { notifications } from "./support/notifications";

describe("findings while typing", () => {
  const scratch = sampleFile("scratch.py");

  beforeEach(async () => {
    await vscode.workspace.fs.writeFile(scratch, new Uint8Array());
    await vscode.window.showTextDocument(scratch);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await tidyUp();
    await vscode.workspace.fs.delete(scratch);
  });

  it("underline a bad line and go when its fix is applied", async function () {
    const page = needBridge(this);
    await page.click(".editor-instance .view-lines");
    await page.type(badLine);
    const finding = await findingOn(scratch, "MEM101");
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
    await eventually("the underline", () => page.query(".editor-instance .squiggly-warning"));
    selectStart(finding.range);
    await openFixes(page);
    await page.key("Enter");
    await eventually("the fixed text", () => textOf() === goodLine);
    await eventually("no finding", () => vscode.languages.getDiagnostics(scratch).length === 0);
  });

  it("are there for text that was never saved, and beside broken code", async () => {
    const content = `${badLine}\n\ndef broken(:\n    pass\n`;
    const document = await vscode.workspace.openTextDocument({ language: "python", content });
    await vscode.window.showTextDocument(document);
    await findingOn(document.uri, "MEM101");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("can be silenced by a comment", async () => {
    await insert(`${badLine}\n`);
    const { range } = await findingOn(scratch, "MEM101");
    const action = await actionOn(scratch, range, /MEM101 (for|on|in) this line|[Ss]uppress.*line/);
    assert.ok(action.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.match(textOf(), /# memory: ignore\[MEM101\]/);
    await eventually("silence", () => vscode.languages.getDiagnostics(scratch).length === 0);
  });

  it("are explained by their rule's page, beside the code and rendered", async function () {
    await vscode.commands.executeCommand("memoryInsights.explain", "list-built-for-reduction");
    const page = await eventually("the page", () => pageOf("list-built-for-reduction"));
    assert.equal(page.group.viewColumn, vscode.ViewColumn.Two);
    assert.ok(page.input instanceof vscode.TabInputCustom, "it is rendered, not a text to edit");
    await vscode.commands.executeCommand("memoryInsights.explain", "sum-of-lists");
    const next = await eventually("the next page", () => pageOf("sum-of-lists"));
    assert.equal(next.group.viewColumn, vscode.ViewColumn.Two);
    await eventually("one page at a time", () => !pageOf("list-built-for-reduction"));
    const bridge = needBridge(this);
    await eventually("its text", async () =>
      (await bridge.panelText("body.vscode-body")).includes("(MEM131)"),
    );
    const text = await bridge.panelText("body.vscode-body");
    assert.match(text, /Before:/);
    assert.doesNotMatch(text, /python bad|# *\^/);
    await bridge.screenshot("rule-page");
  });

  it("lead to the same page by their code, in the hover and in the Problems view", async function () {
    const page = needBridge(this);
    await insert(`${badLine}\n`);
    const { range } = await findingOn(scratch, "MEM101");
    selectStart(range);
    await vscode.commands.executeCommand("editor.action.showHover");
    await eventually("the link", () => page.query(".monaco-hover a.code-link"));
    await page.click(".monaco-hover a.code-link");
    const opened = await eventually("the page", () => pageOf("list-built-for-reduction"));
    assert.ok(opened.input instanceof vscode.TabInputCustom, "it is rendered");
    await vscode.window.tabGroups.close(opened);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    const link = ".markers-panel a.monaco-link";
    await eventually("the problem", () => page.query(link));
    await page.click(link);
    const again = await eventually("the page again", () => pageOf("list-built-for-reduction"));
    assert.ok(again.input instanceof vscode.TabInputCustom, "it is rendered");
    await vscode.commands.executeCommand("workbench.action.closePanel");
  });

  it("are fixed together with all others of their rule", async function () {
    const page = needBridge(this);
    await insert(`${badLine}\n${badLine}\nfor line in file.readlines(): print(line)\n`);
    selectStart((await findingOn(scratch, "MEM101")).range);
    const fixes = await openFixes(page);
    const indexOf = (title: string) => fixes.findIndex(({ text }) => text.includes(title));
    const next = indexOf("Pass a generator") + 1;
    assert.equal(indexOf("Fix all MEM101 in this file"), next, "it follows the fix of the one");
    await page.key("ArrowDown");
    await page.key("Enter");
    await eventually("the fixed lines", () => textOf().startsWith(`${goodLine}\n${goodLine}\n`));
    assert.match(textOf(), /readlines/);
  });

  it("are all fixed at once where that is safe", async () => {
    await insert(`${badLine}\n${badLine}\n`);
    await findingOn(scratch, "MEM101");
    await eventually("the fixed text", async () => {
      await vscode.commands.executeCommand("memoryInsights.fixAll");
      return textOf() === `${goodLine}\n${goodLine}\n`;
    });
  });
});

describe("findings that another extension reports too", () => {
  const scratch = sampleFile("scratch.py");
  const others = vscode.languages.createDiagnosticCollection("stand-in");
  const setting = () => vscode.workspace.getConfiguration("memoryInsights");

  beforeEach(async () => {
    await vscode.workspace.fs.writeFile(scratch, new Uint8Array());
    await vscode.window.showTextDocument(scratch);
    await insert("def add(item, items=[]):\n    items.append(item)\n    return items\n");
    await findingOn(scratch, "MEM301");
  });

  afterEach(async () => {
    others.clear();
    await setting().update("dropDuplicates", undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await tidyUp();
    await vscode.workspace.fs.delete(scratch);
  });
  after(() => others.dispose());

  const report = (line: number) => {
    const diagnostic = new vscode.Diagnostic(
      new vscode.Range(line, 20, line, 22),
      "B006 of theirs",
    );
    diagnostic.source = "Ruff";
    diagnostic.code = { value: "B006", target: vscode.Uri.parse("https://example.com") };
    others.set(scratch, [diagnostic]);
  };
  const own = () =>
    vscode.languages.getDiagnostics(scratch).filter(({ code }) => code !== undefined && code !== "")
      .length - (others.get(scratch)?.length ?? 0);

  it("are left out, come again when the other one goes, and stay on demand", async () => {
    report(0);
    await eventually("only the other one", () => own() === 0);
    others.clear();
    await eventually("our own again", () => own() === 1);
    report(0);
    await eventually("only the other one again", () => own() === 0);
    await setting().update("dropDuplicates", false, vscode.ConfigurationTarget.Global);
    await eventually("both", () => own() === 1);
  });

  it("do not come and go while somebody types", async () => {
    report(0);
    await eventually("only the other one", () => own() === 0);
    const seen: number[] = [];
    const listening = vscode.languages.onDidChangeDiagnostics(() => seen.push(own()));
    for (let line = 1; line <= 5; line++) {
      await insert("# a comment\n");
      // As most linters do: what was said of the old text goes first.
      others.clear();
      report(line);
    }
    await insert("total = sum([n for n in rows])\n");
    report(6);
    await findingOn(scratch, "MEM101");
    listening.dispose();
    assert.ok(Math.max(...seen) <= 1, `our own findings were there: ${String(seen)}`);
    assert.equal(own(), 1);
  });
});

describe("settings of rules", () => {
  const setting = () => vscode.workspace.getConfiguration("memoryInsights");
  const { Global } = vscode.ConfigurationTarget;

  afterEach(async () => {
    await setting().update("ignore", undefined, Global);
    await vscode.commands.executeCommand("notifications.clearAll");
    await tidyUp();
  });

  it("tell of a rule that does not exist", async function () {
    const page = needBridge(this);
    await vscode.window.showTextDocument(sampleFile("shop/audit.py"));
    await setting().update("ignore", ["MEN101"], Global);
    await eventually("the message", async () =>
      (await notifications(page)).some(text =>
        text.includes('unknown rule "MEN101"; did you mean MEM101?'),
      ),
    );
    await page.screenshot("unknown-rule");
  });
});

describe("pictures of a finding", () => {
  afterEach(tidyUp);

  it("show the hover", async function () {
    const page = needBridge(this);
    const file = sampleFile("shop/audit.py");
    await vscode.commands.executeCommand("memoryInsights.findings.focus");
    await vscode.window.showTextDocument(file);
    selectStart((await findingOn(file, "MEM301")).range);
    await vscode.commands.executeCommand("editor.action.showHover");
    await eventually("the hover", async () =>
      (await page.query(".monaco-hover")).some(hover => hover.text.includes("MEM301")),
    );
    await page.screenshot("finding");
    await page.key("Escape");
  });

  it("show the fixes", async function () {
    const page = needBridge(this);
    const file = sampleFile("shop/visits.py");
    await vscode.window.showTextDocument(file);
    selectStart((await findingOn(file, "MEM203")).range);
    await openFixes(page);
    await page.screenshot("fix");
    await page.key("Escape");
    assert.ok(await lineOf(file, "readlines"));
  });
});

function pageOf(rule: string): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => {
      const hasUri = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
      return hasUri && input.uri.path.endsWith(`/${rule}.md`);
    });
}

async function actionOn(
  uri: vscode.Uri,
  range: vscode.Range,
  title: RegExp,
): Promise<vscode.CodeAction> {
  let titles: readonly string[] = [];
  return eventually(`an action that matches ${String(title)}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    titles = actions.map(action => action.title);
    const found = actions.find(action => title.test(action.title));
    if (!found) throw new Error(`there are only: ${titles.join(" | ")}`);
    return found;
  });
}

function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error("no editor is open");
  return editor;
}

function textOf(): string {
  return activeEditor().document.getText();
}

function selectStart({ start }: vscode.Range): void {
  activeEditor().selection = new vscode.Selection(start, start);
  activeEditor().revealRange(new vscode.Range(start, start));
}

async function insert(text: string): Promise<void> {
  await activeEditor().edit(edit => edit.insert(new vscode.Position(0, 0), text));
}
