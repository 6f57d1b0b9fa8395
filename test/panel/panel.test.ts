import assert from "node:assert/strict";
import { type PanelPage, panelOpener, type PanelPageOptions } from "./fixture/page";
import { shop, viewOf } from "./fixture/runs";

describe("the Live panel", function () {
  this.timeout(30_000);
  let panel: PanelPage;

  const openPanel = panelOpener();
  const open = async (options?: PanelPageOptions) => (panel = await openPanel(options));
  const part = (id: string) => panel.page.getByTestId(id);
  const text = (id: string) => part(id).innerText();

  it("shows an outline until the extension answers, and asks for its content", async () => {
    await open();
    await part("skeleton").waitFor();
    assert.deepEqual(await panel.sent(), [{ kind: "ready", version: 1 }]);
    assert.deepEqual(panel.complaints, []);
  });

  for (const reason of ["no-run", "untrusted", "no-python", "no-debugpy", "web"] as const) {
    it(`says what to do without a run: ${reason}`, async () => {
      await open();
      await panel.send({ kind: "empty", version: 1, reason, detail: "/usr/bin/python3" });
      assert.equal(await part("empty").getAttribute("data-reason"), reason);
      assert.equal(await text("empty-detail"), "/usr/bin/python3");
      await part("primary").click();
      const [, asked] = await panel.sent();
      assert.equal(asked?.kind, "command");
    });
  }

  it("shows who runs, where it stands and what it holds, each figure with its source", async () => {
    await open();
    const view = viewOf(shop, "paused");
    await panel.show(view);
    assert.equal(await text("program"), "main.py");
    assert.equal(await text("status"), "Paused");
    assert.equal(await text("facts"), "Python 3.11.7 · pid 4711 · 24.0 s");
    assert.equal(await text("rss"), "184.2 MiB");
    assert.equal(await part("rss").getAttribute("data-bytes"), String(view.rssBytes));
    assert.equal(await part("peak").getAttribute("data-bytes"), String(view.peakRssBytes));
    assert.equal(await part("traced").getAttribute("data-bytes"), String(view.tracedBytes));
    assert.match(
      await panel.page.locator(".figures").innerText(),
      /sampled RSS[^]*traced by Python/,
    );
    assert.equal(await text("cost"), "0.8 % of one core, measured");
    assert.equal(await text("collections"), "2 runs, 11.6 ms in all");
  });

  it("keeps the figures of a program that was killed, and offers to run it again", async () => {
    await open();
    const exit = { code: null, signal: "SIGKILL" };
    await panel.show(viewOf({ ...shop, level: "live", exit, problems: ["No heap."] }, "ended"));
    assert.equal(await text("status"), "Ended");
    assert.equal(await text("ending"), "Killed by SIGKILL");
    assert.equal(await text("rss"), "184.2 MiB");
    assert.match(await text("problems"), /No heap\./);
    assert.equal(await part("traced").count(), 0);
    assert.equal(await part("mark").count(), 0);
    await part("again").click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "command", command: "debug" });
  });

  it("waits visibly for a program that has not reported yet", async () => {
    await open();
    const wish = { ...shop, level: "live", seconds: 0, stops: 0, lines: 0 } as const;
    await panel.show({
      ...viewOf(wish, "starting"),
      rssBytes: null,
      peakRssBytes: null,
      grown: [],
      timeline: { t: [], rssBytes: [], tracedBytes: [] },
    });
    assert.equal(await text("rss"), "–");
    assert.match(await text("ending"), /Waiting/);
    assert.match(await text("growth"), /No line has grown yet/);
    assert.match(await text("since-stop"), /At every breakpoint/);
  });

  it("lists the lines that grew most and goes to the one that is clicked", async () => {
    await open();
    const view = viewOf(shop);
    await panel.show(view);
    const rows = part("growth").getByTestId("line-row");
    assert.equal(await rows.count(), 5, "the user's lines; the others are folded");
    const [, second] = view.grown;
    assert.deepEqual(await panel.rowsIn("growth"), [
      "main.py:17 +74.4 MiB",
      "audit.py:29 +37.2 MiB",
      "visits.py:41 +24.8 MiB",
      "monthly_summary.py:53 +18.6 MiB",
      "main.py:65 +14.9 MiB",
    ]);
    assert.equal(await rows.nth(1).getAttribute("data-bytes"), String(second?.bytes));
    await rows.nth(1).click();
    assert.deepEqual((await panel.sent()).at(-1), {
      kind: "goto",
      file: "/home/ada/shop/shop/audit.py",
      line: 29,
    });
  });

  it("unfolds libraries and tools, and does not go to files that do not exist", async () => {
    await open();
    await panel.show(viewOf(shop));
    const growth = part("growth");
    await growth.getByTestId("group-row").click();
    assert.equal(await growth.getByTestId("line-row").count(), 8);
    const before = (await panel.sent()).length;
    await growth.getByTestId("line-row").last().click();
    assert.match(
      (await growth.getByTestId("line-row").last().getAttribute("data-file")) ?? "",
      /^<frozen/,
    );
    assert.equal((await panel.sent()).length, before);
    await growth.getByTestId("group-row").click();
    assert.equal(await growth.getByTestId("line-row").count(), 5);
  });

  it("shows more lines on demand", async () => {
    await open();
    await panel.show(viewOf({ ...shop, lines: 20 }));
    assert.equal(await part("growth").getByTestId("line-row").count(), 8);
    await part("more-row").click();
    assert.equal(await part("growth").getByTestId("line-row").count(), 20);
  });

  it("shows at a stop what grew since the one before: bytes and blocks by line", async () => {
    await open();
    await panel.show(viewOf(shop, "paused"));
    assert.match(
      (await text("last-stop")).replaceAll(/\s+/g, " "),
      /breakpoint at 18\.0 s, since stop 2/,
    );
    assert.equal(await part("stop-rss").getAttribute("data-bytes"), String(12 * 2 ** 20));
    assert.equal(await text("stop-traced"), "+11.0 MiB");
    assert.equal(await part("stop-blocks").getAttribute("data-blocks"), "131204");
    assert.deepEqual(await panel.rowsIn("since-stop"), [
      "audit.py:29 +120k +11.0 MiB",
      "visits.py:41 +13k +2.8 MiB",
      "monthly_summary.py:53 −512 −512.0 KiB",
    ]);
    const first = part("since-stop").getByTestId("line-row").first();
    assert.equal(await first.getAttribute("data-blocks"), "120412");
    assert.equal(await first.getByTestId("row-mostly").innerText(), "mostly str");
    assert.equal(await part("since-stop").getByTestId("row-mostly").count(), 1);
    assert.match(
      (await first.getAttribute("title")) ?? "",
      /48 of 60 objects that were seen are str/,
    );
    await part("stop-place").click();
    assert.deepEqual((await panel.sent()).at(-1), {
      kind: "goto",
      file: "/home/ada/shop/shop/reports/monthly_summary.py",
      line: 29,
    });
    await part("mark").click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "command", command: "mark" });
  });

  it("takes snapshots, and shows what changed between them and what lines held", async () => {
    await open();
    await panel.show(viewOf({ ...shop, snapshots: 2 }, "running"));
    await part("take-snapshot").click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "command", command: "takeSnapshot" });
    const rows = part("snapshot-row");
    assert.deepEqual(await rows.count(), 2);
    assert.match(await rows.nth(1).innerText(), /after load[^]*40\.0 MiB/);
    await rows.nth(0).click();
    const lines = part("snapshots").getByTestId("line-row");
    assert.match(await lines.nth(0).innerText(), /audit\.py\s*:29[^]*\+8\.0 MiB/);
    const parts = part("snapshots").getByTestId("part-row");
    await parts.nth(1).click();
    assert.match(await lines.nth(1).innerText(), /audit\.py\s*:29[^]*16\.0 MiB/);
    assert.doesNotMatch(await lines.nth(1).innerText(), /\+/);
    await parts.nth(2).click();
    assert.match(await lines.last().innerText(), /report\.py\s*:12[^]*16\.0 MiB/);
  });

  it("switches tracing on and off while the program runs", async () => {
    await open();
    await panel.show(viewOf({ ...shop, level: "live" }, "running"));
    await part("level").click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "command", command: "startTracing" });
    await panel.show(viewOf(shop, "paused"));
    await part("level").click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "command", command: "stopTracing" });
    await panel.show(viewOf(shop, "ended"));
    assert.equal(await part("level").count(), 0);
  });

  it("names the lines that grew each time the program came to a place", async () => {
    await open();
    await panel.show(viewOf({ ...shop, rounds: 8 }, "paused"));
    assert.match(await text("leaks"), /6 rounds at main\.py:40/);
    assert.match(
      await part("leak").innerText(),
      /shop\/cache\.py:12[^]*\+1\.0 MiB, \+100 blocks a round, likely leak: grew in all 6 rounds/,
    );
    assert.match(await part("leaking-type").innerText(), /shop\.Visit\s+\+1\s200 a round/);
    await part("leak").getByRole("button").click();
    const asked = { kind: "goto", file: "/home/ada/shop/shop/cache.py", line: 12 };
    assert.deepEqual((await panel.sent()).at(-1), asked);
    await panel.show(viewOf(shop, "paused"));
    assert.equal(await part("leaks").count(), 0);
  });

  it("draws a track for each process of a program that has several", async () => {
    await open();
    await panel.show(viewOf({ ...shop, children: 2 }, "ended"));
    const tracks = part("process");
    assert.equal(await tracks.count(), 3);
    assert.match(await tracks.nth(0).innerText(), /main\.py[^]*pid 4711/);
    assert.match(await tracks.nth(1).innerText(), /pid 4713[^]*peak 60\.0 MiB/);
    const points = await tracks.nth(1).locator("polyline").getAttribute("points");
    assert.equal(points?.split(" ").length, 3);
    await panel.show(viewOf(shop, "ended"));
    assert.equal(await part("processes").count(), 0);
  });

  it("shows for each process that stands what it grew by itself", async () => {
    await open();
    const wish = { ...shop, level: "live", children: 2, areChildrenPaused: true } as const;
    await panel.show(viewOf(wish, "paused"));
    assert.match(await text("facts"), /3 of 3 processes paused$/);
    assert.equal(await panel.page.locator("[data-testid=process][data-paused=true]").count(), 3);
    const stops = part("last-stop");
    const words = (await stops.allInnerTexts()).map(each => each.replaceAll(/\s+/g, " "));
    assert.match(words[0] ?? "", /worker\.py:10 .*since its start in -c, pid 4713 .*\+102\.0 MiB/);
    assert.match(words[1] ?? "", /since its start in -c, pid 4712 .*\+101\.0 MiB/);
    assert.match(words[2] ?? "", /since stop 2 in main\.py, pid 4711 .*\+12\.0 MiB/);
    assert.equal((await panel.rowsIn("since-stop"))[0], "worker.py:9 +102.0 MiB");
    await part("history").click();
    assert.match(await part("stop-row").first().innerText(), /pid 4711/);
    assert.match((await part("mark").getAttribute("title")) ?? "", /in each process/);
    assert.match((await part("level").getAttribute("title")) ?? "", /in all processes, also those/);
  });

  it("keeps earlier stops in a foldable history", async () => {
    await open();
    await panel.show(viewOf(shop, "paused"));
    assert.equal(await part("stop-row").count(), 0);
    await part("history").click();
    assert.equal(await part("history").getAttribute("aria-expanded"), "true");
    assert.equal(await part("stop-row").count(), 2);
    await part("stop-row").first().click();
    assert.equal(await part("since-stop").getByTestId("line-row").count(), 6);
  });

  it("draws every sample and every stop", async () => {
    await open();
    const view = viewOf(shop);
    await panel.show(view);
    assert.equal(await part("chart").getAttribute("data-points"), String(view.timeline.t.length));
    assert.match((await part("chart").getAttribute("aria-label")) ?? "", /^Memory over 24\.0 s/);
    await panel.drawing();
    assert.match(await text("legend"), /RSS\s+Traced by Python\s+Stop/);
  });

  it("has a table of the same samples", async () => {
    await open();
    await panel.show(viewOf(shop));
    await part("table-twin").click();
    const table = part("timeline-table");
    assert.match(await table.innerText(), /24\.0 s\s+184\.2 MiB\s+118\.6 MiB/);
    assert.match(await table.innerText(), /18\.0 s[^\n]*stop 3/);
    assert.equal(await part("chart").count(), 0);
    assert.deepEqual(await panel.state(), { isTable: true, openKeys: [], scrollTop: 0 });
    await part("table-twin").click();
    await panel.drawing();
  });

  it("shows that table first to those who use a screen reader", async () => {
    await open({ bodyClass: "vscode-using-screen-reader" });
    await panel.show(viewOf(shop));
    assert.equal(await part("timeline-table").count(), 1);
  });

  it("looks as it did before it was hidden", async () => {
    const state = { isTable: true, openKeys: ["grown/others", "history"], scrollTop: 150 };
    await open({ state, height: 300 });
    await panel.show(viewOf(shop));
    assert.equal(await part("growth").getByTestId("line-row").count(), 8);
    assert.equal(await part("stop-row").count(), 2);
    assert.equal(await part("timeline-table").count(), 1);
    assert.equal(await panel.page.evaluate(() => document.documentElement.scrollTop), 150);
  });

  it("ignores and logs what it does not know", async () => {
    await open();
    await panel.show(viewOf(shop));
    await panel.send({ kind: "snapshot", version: 1 });
    await panel.send({ kind: "view", version: 9, view: {} });
    assert.equal(await text("rss"), "184.2 MiB");
    assert.equal(panel.complaints.length, 2);
    assert.match(panel.complaints[0] ?? "", /ignored a message/);
  });

  it("shows names as text, whatever they are", async () => {
    await open();
    const view = viewOf(shop);
    const [first] = view.grown;
    assert.ok(first);
    const file = '/tmp/<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>.py';
    await panel.show({ ...view, program: file, grown: [{ ...first, file, label: file }] });
    const row = part("growth").getByTestId("line-row");
    assert.equal(await row.getAttribute("data-file"), file);
    assert.match(await row.innerText(), /script>\.py/);
    assert.equal(await panel.page.evaluate(() => (window as { pwned?: number }).pwned), undefined);
    assert.equal(await panel.page.locator("img").count(), 0);
  });
});
