import assert from "node:assert/strict";
import {
  briefEvidence,
  describeEvidence,
  type Evidence,
  type EvidenceState,
  labelEvidence,
} from "#evidence";

const bytes = 126_248_550;
const sampled = { source: "sampled", bytes, blocks: null, share: 0.556 } as const;
const measured = { saves: "bytes", ...sampled } as const;
const nothing = { saves: "bytes", source: null, bytes: null, blocks: null, share: null } as const;
const kept = { ...nothing, saves: "kept" } as const;
const time = { ...measured, saves: "time" } as const;

describe("words for evidence", () => {
  check("confirmed", measured, "measured about 120 MiB (56 % of the peak, sampled)");
  check("confirmed", { ...measured, share: null }, "measured about 120 MiB (sampled)");
  check(
    "confirmed",
    { ...measured, share: 0.001 },
    "measured about 120 MiB (under 1 % of the peak, sampled)",
  );
  check(
    "confirmed",
    { ...measured, source: "traced" },
    "measured 120.4 MiB (56 % of the peak, traced)",
  );
  check("small", nothing, "less than 1 MiB was seen there");
  check("small", kept, "what it keeps alive was made by other lines, and is not measured");
  check(
    "confirmed",
    time,
    "measured about 120 MiB (56 % of the peak, sampled); to mend it saves time, not memory",
  );
  check("not-executed", nothing, "not executed in this run");
  check("not-loaded", nothing, "its file was not loaded in this run");
  check("unknown", nothing, "no data from this run");
  check("stale", nothing, "the file changed since the run");
  check("stale", measured, "~ measured about 120 MiB (sampled); the file changed since the run");
});

describe("words for evidence in a list", () => {
  brief("confirmed", measured, "≈ 120 MiB");
  brief("confirmed", { ...measured, source: "traced" }, "120.4 MiB");
  brief("small", nothing, "small");
  brief("small", kept, "not measured");
  brief("not-executed", nothing, "not executed");
  brief("not-loaded", nothing, "not loaded");
  brief("unknown", nothing, "no data");
  brief("stale", measured, "~ 120 MiB · file changed");
  brief("stale", nothing, "file changed");

  it("tell a run that goes on from one that is over", () => {
    const evidence = { state: "unknown", ...nothing } as const;
    assert.equal(briefEvidence(evidence, false), "no data yet");
    assert.equal(describeEvidence(evidence, false), "no data yet");
  });
});

describe("words for evidence at the end of a line", () => {
  label("confirmed", measured, "measured about 120 MiB (sampled)");
  label("small", nothing, "less than 1 MiB was seen there");
  label("small", kept, null);
  label("confirmed", time, null);
  label("not-executed", nothing, "not executed in this run");
  label("not-loaded", nothing, null);
  label("stale", measured, "~ measured about 120 MiB (sampled)");
  label("stale", nothing, null);
  label("unknown", nothing, null);
});

function check(state: EvidenceState, figures: Omit<Evidence, "state">, expected: string) {
  it(`${state}: ${expected}`, () => {
    assert.equal(describeEvidence({ state, ...figures }), expected);
  });
}

function brief(state: EvidenceState, figures: Omit<Evidence, "state">, expected: string) {
  it(`${state}: ${expected}`, () => {
    assert.equal(briefEvidence({ state, ...figures }), expected);
  });
}

function label(state: EvidenceState, figures: Omit<Evidence, "state">, expected: string | null) {
  it(`${state}: ${expected ?? "nothing"}`, () => {
    assert.equal(labelEvidence({ state, ...figures }), expected);
  });
}
