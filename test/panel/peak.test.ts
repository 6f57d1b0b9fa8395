import assert from "node:assert/strict";
import { panelOpener } from "./fixture/page";
import { shop, viewOf } from "./fixture/runs";

describe("lines at the peak in the Live panel", function () {
  this.timeout(60_000);

  const openPanel = panelOpener();

  it("are there once the program is over, where much of it is gone", async () => {
    const panel = await openPanel();
    const peak = panel.page.getByTestId("at-peak");
    await panel.show(viewOf({ ...shop, hasFreed: true }, "running"));
    assert.equal(await peak.count(), 0);
    await panel.show(viewOf({ ...shop, hasFreed: true }, "ended"));
    assert.match(await peak.innerText(), /at 45\.0 s · 360\.0 MiB · traced by Python/);
    const first = peak.getByTestId("line-row").nth(0);
    assert.match(await first.innerText(), /audit\.py\s*:29[^]*\s72\.0 MiB/);
    await first.click();
    const asked = { kind: "goto", file: "/home/ada/shop/shop/audit.py", line: 29 };
    assert.deepEqual((await panel.sent()).at(-1), asked);
  });
});
