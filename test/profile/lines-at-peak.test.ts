import assert from "node:assert/strict";
import { linesFreedSincePeak, liveView, type RunFileRecord, type SnapshotTrigger } from "#profile";
import { app, library, pid, profileOf } from "./records";

interface Held {
  readonly t: number;
  readonly trigger: SnapshotTrigger;
  readonly bytes: number;
  readonly isTraced?: boolean;
  readonly of?: number;
}

function snapshot({ t, trigger, bytes, isTraced = true, of = pid }: Held): RunFileRecord {
  const figures = { rssBytes: 9_000, tracedBytes: isTraced ? bytes : null, blocks: 5 };
  const source = isTraced ? "traced" : "sampled";
  const blocks = isTraced ? 1 : null;
  const rows = [[library, 70, 900, blocks] as const, [app, 5, bytes - 900, blocks] as const];
  const what = { id: null, name: "", trigger, t, source, rows, freed: [] } as const;
  return { kind: "snapshot", ...what, ...figures, pid: of };
}

const roots = ["/home/ada/shop"];
const peakOf = (...held: readonly Held[]) =>
  linesFreedSincePeak(profileOf(...held.map(snapshot)), roots);

describe("lines at the peak", () => {
  it("are told where less is there at the end, the user's first", () => {
    const peak = peakOf(
      { t: 20, trigger: "peak", bytes: 10_000 },
      { t: 90, trigger: "exit", bytes: 2_000 },
    );
    assert.deepEqual([peak?.t, peak?.pid, peak?.tracedBytes], [20, null, 10_000]);
    assert.deepEqual(
      peak?.rows.map(({ label, line, bytes }) => [label, line, bytes]),
      [
        ["app.py", 5, 9_100],
        ["attrs/make.py", 70, 900],
      ],
    );
  });

  it("are told of a run whose end was not seen", () => {
    assert.equal(peakOf({ t: 20, trigger: "peak", bytes: 10_000 })?.t, 20);
  });

  it("are not told where the end says the same, nor where lines are sampled", () => {
    const end = { t: 90, trigger: "exit" } as const;
    const peak = { t: 20, trigger: "peak", bytes: 10_000 } as const;
    assert.equal(peakOf(peak, { ...end, bytes: 9_700 }), null);
    const sampled = { isTraced: false };
    assert.equal(peakOf({ ...peak, ...sampled }, { ...end, ...sampled, bytes: 2_000 }), null);
    assert.equal(peakOf({ ...end, bytes: 2_000 }), null);
  });

  it("are those of the process that held most", () => {
    const peak = peakOf(
      { t: 20, trigger: "peak", bytes: 10_000 },
      { t: 30, trigger: "peak", bytes: 70_000, of: 99 },
      { t: 90, trigger: "exit", bytes: 9_900 },
    );
    assert.deepEqual([peak?.pid, peak?.tracedBytes], [99, 70_000]);
  });

  it("are in the panel once the program has ended", () => {
    const profile = profileOf(snapshot({ t: 20, trigger: "peak", bytes: 10_000 }));
    const viewAt = (status: "running" | "ended") => liveView(profile, { status, roots });
    assert.equal(viewAt("running").atPeak, null);
    assert.equal(viewAt("ended").atPeak?.rows.length, 2);
  });
});
