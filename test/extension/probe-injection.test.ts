import assert from "node:assert/strict";
import { answerOf, askProgram, beginProbe } from "../../src/extension/debug/probe-injection";

const probe = "src/probe";
const program = {
  python: [3, 11, 7],
  implementation: "cpython",
  argv: ["app.py", 1],
  isMeasuring: false,
};

describe("bringing the probe in by what a debugger answers", () => {
  it("knows which program can be measured", async () => {
    const ask = async (answer: object) => {
      const { name, isSupported } = await askProgram(
        () => Promise.resolve(JSON.stringify({ ...program, ...answer })),
        probe,
      );
      return [name, isSupported];
    };
    assert.deepEqual(await ask({}), ["Python 3.11.7", true]);
    assert.deepEqual(await ask({ python: [3, 8, 20] }), ["Python 3.8.20", false]);
    assert.deepEqual(await ask({ implementation: "pypy" }), ["pypy 3.11.7", false]);
  });

  it("tells the last line of a failure, and that there was no answer", async () => {
    const traceback = "Traceback (most recent call last):\n  ...\nRuntimeError: no guests\n";
    for (const [answer, problem] of [
      [traceback, "RuntimeError: no guests"],
      ["", "the program gave no answer"],
      ["{}", "the program gave no answer"],
    ] as const) {
      const evaluate = () => Promise.resolve(answer);
      await assert.rejects(askProgram(evaluate, probe), { message: problem });
      await assert.rejects(beginProbe(evaluate, probe, {}), { message: problem });
      const refuse = () => Promise.reject(new Error(answer));
      if (answer !== "{}") await assert.rejects(askProgram(refuse, probe), { message: problem });
    }
  });

  it("tells how it began, or that it did not", async () => {
    for (const [answer, beginning] of [
      [{ state: "begun", channel: "socket" }, "socket"],
      [{ state: "begun", channel: "debugger" }, "debugger"],
      [{ state: "running", channel: null }, "running"],
      [{ state: "unreached", channel: null }, "unreached"],
    ] as const) {
      const evaluate = () => Promise.resolve(JSON.stringify(answer));
      assert.equal(await beginProbe(evaluate, probe, {}), beginning);
    }
  });

  it("says once when the answer is late, and takes it all the same", async () => {
    let late = 0;
    let say: (text: string) => void = () => undefined;
    const question = new Promise<string>(resolve => (say = resolve));
    const onLate = () => {
      late++;
      say("answer");
    };
    assert.equal(await answerOf(question, 0, onLate), "answer");
    assert.equal(late, 1);
    assert.equal(await answerOf(Promise.resolve("at once"), 60_000, onLate), "at once");
    assert.equal(late, 1);
  });
});
