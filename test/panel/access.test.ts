import assert from "node:assert/strict";
import { graphicContrasts, smallTargets, textContrasts } from "./fixture/measure";
import { type PanelPage, panelOpener, type PanelPageOptions, themes } from "./fixture/page";
import { shop, viewOf } from "./fixture/runs";

describe("the Live panel for everybody", function () {
  this.timeout(30_000);
  let panel: PanelPage;

  const openPanel = panelOpener();
  const open = async (options?: PanelPageOptions) => (panel = await openPanel(options));
  const part = (id: string) => panel.page.getByTestId(id);
  /** What has the focus: its test id and its line. */
  const focused = () =>
    panel.page.evaluate(() => {
      const { testid = "", line = "" } = (document.activeElement as HTMLElement).dataset;
      return `${testid} ${line}`.trim();
    });

  it("goes through a table with the keyboard alone", async () => {
    await open();
    await panel.show(viewOf(shop));
    const press = (key: string) => panel.page.keyboard.press(key);
    await part("growth").getByTestId("line-row").first().focus();
    await press("ArrowDown");
    assert.equal(await focused(), "line-row 29");
    await press("Enter");
    assert.deepEqual((await panel.sent()).at(-1), {
      kind: "goto",
      file: "/home/ada/shop/shop/audit.py",
      line: 29,
    });
    await press("End");
    assert.equal(await focused(), "group-row");
    await press("ArrowRight");
    assert.equal(await part("growth").getByTestId("line-row").count(), 8);
    await press("ArrowRight");
    assert.equal(await focused(), "line-row 355");
    await press("ArrowLeft");
    await press("ArrowLeft");
    assert.equal(await part("growth").getByTestId("line-row").count(), 5);
    await press("Home");
    assert.equal(await focused(), "line-row 17");
  });

  it("has one stop of the Tab key for each table, and reaches every control", async () => {
    await open();
    await panel.show(viewOf(shop, "paused"));
    const seen: string[] = [];
    for (let i = 0; i < 12; i++) {
      await panel.page.keyboard.press("Tab");
      seen.push(await focused());
    }
    assert.deepEqual(seen, [
      "level",
      "table-twin",
      "chart",
      "mark",
      "stop-place",
      "line-row 29",
      "part-row",
      "history",
      "between-fold",
      "line-row 17",
      "take-snapshot",
      "",
    ]);
  });

  it("reads the timeline by keys, and says each sample", async () => {
    await open();
    await panel.show(viewOf(shop));
    const chart = part("chart");
    await chart.focus();
    await panel.page.keyboard.press("Home");
    assert.match((await chart.getAttribute("aria-valuetext")) ?? "", /^0\.0 s, RSS 28\.0 MiB/);
    await panel.page.keyboard.press("PageDown");
    assert.match((await chart.getAttribute("aria-valuetext")) ?? "", /^6\.0 s, .*stop 1$/);
    assert.match(await part("legend").innerText(), /stop 1/);
    await panel.page.keyboard.press("Tab");
    assert.match(await part("legend").innerText(), /RSS/);
  });

  it("names its parts to a screen reader", async () => {
    await open();
    await panel.show(viewOf(shop, "paused"));
    const tree = await panel.page.locator("main").ariaSnapshot();
    assert.match(tree, /heading "main\.py" \[level=1\]/);
    assert.match(tree, /treegrid "Lines that grew since the last stop"/);
    assert.match(
      tree,
      /row "shop\/audit\.py:29, \+11\.0 MiB, \+120\s412 blocks \(traced by Python\), 48 of 60 objects that were seen are str"/,
    );
    assert.match(tree, /slider "Memory over 24\.0 s/);
    const live = part("live-region");
    assert.equal(await live.getAttribute("aria-live"), "polite");
    assert.match(await live.innerText(), /^Paused at .*, line 29/);
  });

  for (const theme of themes) {
    it(`is legible in ${theme.name}`, async () => {
      await open({ theme: theme.name, height: 1200 });
      await panel.show(viewOf({ ...shop, problems: ["Threads are not told apart."] }, "paused"));
      await part("history").click();
      const faint = (await textContrasts(panel.page)).filter(({ ratio }) => ratio < 4.5);
      assert.deepEqual(faint, []);
      const pale = (await graphicContrasts(panel.page)).filter(({ ratio }) => ratio < 3);
      assert.deepEqual(pale, []);
      await panel.send({ kind: "empty", version: 1, reason: "no-run", detail: "why" });
      const empty = (await textContrasts(panel.page)).filter(({ ratio }) => ratio < 4.5);
      assert.deepEqual(empty, []);
    });
  }

  it("has targets of at least 24 pixels", async () => {
    await open();
    await panel.show(viewOf(shop, "paused"));
    assert.deepEqual(await smallTargets(panel.page), []);
  });

  it("takes new colours when the theme changes", async () => {
    await open({ theme: "Dark Modern" });
    await panel.show(viewOf(shop));
    const dark = await panel.inkOf("rss");
    await panel.dress("Light Modern");
    assert.notEqual(await panel.inkOf("rss"), dark);
  });

  it("does not move for those who want no motion", async () => {
    await open({ bodyClass: "vscode-reduce-motion" });
    const moving = () =>
      panel.page.evaluate(
        () => document.getAnimations().filter(one => one.playState === "running").length,
      );
    assert.equal(await moving(), 0);
    await panel.show(viewOf(shop, "starting"));
    assert.equal(await moving(), 0);
  });
});
