// Steps through a program with half a million traced blocks and tells how long figures take from
// each stop on: `time-stop.cjs PYTHON PROGRAM LINE STEPS`. Writes JSON; times are milliseconds.
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Level, RunFileRecord } from "#profile";
import { liveView } from "#profile";
import { DebugRun } from "./debug-run";

/** From a stop on. */
interface StopTimes {
  /** Until the size in all was there. */
  readonly total: number;
  /** Until the lines were there, and the picture for the panel computed. */
  readonly lines: number;
  /** Until the next stop, for a user who steps on at once. */
  readonly step: number;
  readonly blocks: number;
}

const [python = "", file = "", line, steps] = process.argv.slice(2);
const now = () => performance.now();

async function timesOf(level: Level): Promise<readonly StopTimes[]> {
  let sampled: () => void = () => undefined;
  const onRecord = (record: RunFileRecord) => {
    if (record.kind === "samples") sampled();
  };
  const options = { python, level, breakpoints: [Number(line)], runFile: null, file, onRecord };
  const run = await DebugRun.start(options);
  try {
    const times: StopTimes[] = [];
    let { body } = await run.client.event<DebugProtocol.StoppedEvent>("stopped");
    for (let step = 0; step < Number(steps); step++) {
      const began = now();
      const total = new Promise<number>(resolve => {
        sampled = () => resolve(now() - began);
      });
      const lines = run.recorder.mark().delta.then(() => {
        liveView(run.builder.profile(), { status: "paused", roots: [] });
        return now() - began;
      });
      await run.client.request("next", { threadId: body.threadId });
      ({ body } = await run.client.event<DebugProtocol.StoppedEvent>("stopped"));
      const next = now() - began;
      const blocks = await tracedBlocks(run, lines);
      times.push({ total: await total, lines: await lines, step: next, blocks });
    }
    return times;
  } finally {
    await run.dispose();
  }
}

async function tracedBlocks(run: DebugRun, read: Promise<unknown>): Promise<number> {
  await read;
  const rows = run.builder.profile().lines;
  return rows.reduce((sum, each) => sum + (each.liveBlocks ?? 0), 0);
}

void (async () => {
  console.log(
    JSON.stringify({ live: await timesOf("live"), allocations: await timesOf("allocations") }),
  );
})();
