import assert from "node:assert/strict";
import { Failed, runStages, Skipped } from "../../scripts/stage-runner.mjs";

describe("the stages of npm test", () => {
  const check = async (stages, cores = 2) => {
    const lines = [];
    const results = await runStages(stages, line => lines.push(line), cores);
    return { results: Object.fromEntries(results), text: lines.join("\n") };
  };
  const passing = async () => ({ passed: 1 });

  it("count what passed, failed and was skipped", async () => {
    const { results, text } = await check([
      { name: "good", run: async () => ({ passed: 3, skipped: 1 }) },
      { name: "bad", run: async () => ({ passed: 2, failed: 1, output: "what went wrong" }) },
    ]);
    assert.match(text, /✔ good .* 3 passed, 1 skipped/);
    assert.match(text, /✖ bad .* 2 passed, 1 failed\n {4}what went wrong/);
    assert.equal(results.bad.failed, 1);
  });

  it("say why one cannot run, and skip what needs it for the same reason", async () => {
    const { results, text } = await check([
      { name: "browser", silent: true, run: () => Promise.reject(new Skipped("there is none")) },
      { name: "panel", needs: ["browser"], run: passing },
    ]);
    assert.match(text, /- panel .* SKIPPED: there is none/);
    assert.equal(results.browser.skipped + results.panel.skipped, 1);
  });

  it("fail what needs a stage that failed", async () => {
    const { results, text } = await check([
      { name: "build", run: () => Promise.reject(new Failed("exit code 1", "a wrong type")) },
      { name: "unit", needs: ["build"], run: passing },
    ]);
    assert.match(text, /✖ build .* 1 failed: exit code 1\n {4}a wrong type/);
    assert.match(text, /✖ unit .* not run, because build failed/);
    assert.equal(results.unit.failed, 1);
  });

  it("show the whole error of a stage that has a bug", async () => {
    const { results, text } = await check([{ name: "odd", run: () => undefined.length }]);
    assert.equal(results.odd.failed, 1);
    assert.match(text, /TypeError.*\n.*at /);
  });

  it("use no more cores than there are, and give wide ones their turn", async () => {
    let used = 0;
    let most = 0;
    const order = [];
    const stage = (name, cores) => ({
      name,
      cores,
      run: async () => {
        order.push(name);
        most = Math.max(most, (used += cores));
        await new Promise(resolve => setImmediate(resolve));
        used -= cores;
        return { passed: 1 };
      },
    });
    await check([stage("a", 1), stage("wide", 2), stage("b", 1), stage("c", 1)]);
    assert.equal(most, 2);
    assert.equal(order.length, 4);
    assert.equal(order[1], "wide");
  });
});
