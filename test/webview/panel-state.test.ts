import assert from "node:assert/strict";
import { firstState, readPanelState, toggleKey } from "../../src/webview/model/panel-state";

describe("what the panel remembers", () => {
  it("comes back whole", () => {
    const state = { isTable: true, openKeys: ["history"], scrollTop: 120 };
    assert.deepEqual(readPanelState(structuredClone(state)), state);
  });

  it("is forgotten where it does not fit", () => {
    for (const data of [undefined, null, 7, "x", [], {}]) {
      assert.deepEqual(readPanelState(data), firstState);
    }
    assert.deepEqual(readPanelState({ isTable: "yes", openKeys: [1, "a"], scrollTop: -4 }), {
      isTable: null,
      openKeys: ["a"],
      scrollTop: 0,
    });
  });

  it("folds and unfolds, and does not grow without end", () => {
    const open = toggleKey(firstState, "a");
    assert.deepEqual(open.openKeys, ["a"]);
    assert.deepEqual(toggleKey(open, "a").openKeys, []);
    let state = firstState;
    for (let i = 0; i < 80; i++) state = toggleKey(state, `k${i}`);
    assert.equal(state.openKeys.length, 50);
    assert.equal(state.openKeys.at(-1), "k79");
  });
});
