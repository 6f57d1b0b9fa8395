import assert from "node:assert/strict";
import { type PanelPage, panelOpener } from "./fixture/page";
import { shop, viewOf } from "./fixture/runs";

describe("two stops in the Live panel", function () {
  this.timeout(60_000);
  let panel: PanelPage;

  const openPanel = panelOpener();

  it("are compared, whichever somebody chooses", async () => {
    panel = await openPanel();
    const view = viewOf({ ...shop, stops: 3 }, "paused");
    await panel.show(view);
    await panel.page.getByTestId("between").getByRole("button").click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "compare", from: null, to: 3 });
    const totals = { elapsed: 9_000, rssBytes: 2 ** 20, tracedBytes: null, blocks: 7 };
    const rows = view.grown.slice(0, 2);
    await panel.show(view, { from: null, to: 3, ...totals, rows });
    assert.equal(await panel.page.getByTestId("between").getByTestId("line-row").count(), 2);
    assert.match(
      await panel.page.getByTestId("between-totals").innerText(),
      /RSS \+1\.0 MiB, \+7 blocks/,
    );
    await panel.page.getByTestId("compare-from").selectOption("2");
    assert.deepEqual((await panel.sent()).at(-1), { kind: "compare", from: 2, to: 3 });
    await panel.show(view, { from: 2, to: 3, ...totals, rows: [] });
    await panel.page.getByTestId("compare-to").selectOption("2");
    assert.deepEqual((await panel.sent()).at(-1), { kind: "compare", from: null, to: 2 });
  });
});
