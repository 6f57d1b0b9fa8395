import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fingerprint } from "#base";
import { createProfileBuilder, readRun, type RunFileRecord } from "#profile";
import { type Recorder, type RecorderOptions, startRecorder } from "#recorder";
import { until } from "../support/until";
import { FakeProbe, hello } from "./fake-probe";

const cost = { kind: "cost", t: 5, cpuMs: 1, samples: 2 };

function deltaOf(id: number, rssBytes: number): object {
  const figures = { rssBytes, tracedBytes: null, blocks: 1, rows: [["/a.py", 3, 10, null]] };
  return { kind: "delta", id, t: 7, sinceT: 0, source: "sampled", ...figures };
}

describe("recorder", () => {
  let folder = "";
  let runFile = "";
  let recorder: Recorder | null = null;
  let records: RunFileRecord[] = [];
  let problems: string[] = [];
  let log: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "memory-insights-"));
    runFile = join(folder, "runs", "a.memprofile");
    records = [];
    problems = [];
    log = [];
  });

  afterEach(async () => {
    await recorder?.close();
    recorder = null;
    rmSync(folder, { recursive: true, force: true });
  });

  function start(options: Partial<RecorderOptions> = {}) {
    return startRecorder({
      level: "live",
      frames: 1,
      runFile,
      command: ["python3", "app.py"],
      probeFolder: join(folder, "probe"),
      pythonPath: undefined,
      tool: "memory-insights test",
      onRecord: record => records.push(record),
      onProblem: problem => problems.push(problem.kind),
      log: line => log.push(line),
      ...options,
    });
  }

  async function listening(options: Partial<RecorderOptions> = {}): Promise<Recorder> {
    const started = await start(options);
    assert.ok(started.kind === "recording");
    recorder = started.recorder;
    return started.recorder;
  }

  async function connected(to: Recorder, fields: Partial<typeof hello> = {}): Promise<FakeProbe> {
    const probe = await FakeProbe.connect(to.environment);
    probe.greet(fields);
    await probe.receive("welcome");
    return probe;
  }

  /** Without what is read from the disk, which comes when it is ready. */
  const kinds = (): readonly string[] =>
    records.map(record => record.kind).filter(kind => kind !== "environment");
  const recorded = (kind: string) => until(`a ${kind} record`, () => kinds().includes(kind));

  it("gives the program its variables and keeps the user's own path", async () => {
    const { environment } = await listening({ pythonPath: "/mine", frames: 5 });
    assert.equal(
      environment["PYTHONPATH"],
      [join(folder, "probe", "site"), "/mine"].join(delimiter),
    );
    assert.match(environment["MEMORY_INSIGHTS_CHANNEL"] ?? "", /^127\.0\.0\.1:\d+$/);
    assert.match(environment["MEMORY_INSIGHTS_TOKEN"] ?? "", /^[0-9a-f]{64}$/);
    assert.equal(environment["MEMORY_INSIGHTS_LEVEL"], "live");
    assert.equal(environment["MEMORY_INSIGHTS_FRAMES"], "5");
    assert.equal(environment["MEMORY_INSIGHTS_INTERVAL_MS"], "50");
  });

  it("writes what it hears, and the same comes back from the file", async () => {
    const to = await listening();
    const probe = await connected(to);
    assert.equal(to.hasProgram, true);
    probe.send(cost, { kind: "samples", t: [1], rss: [2], traced: [null], blocks: [3] });
    probe.send({ kind: "end", t: 9, peakRssBytes: 7, peakTracedBytes: null });
    probe.end();
    await to.recordExit({ code: 0, signal: null });
    await to.close();
    assert.deepEqual(kinds(), ["run", "hello", "cost", "samples", "end", "exit"]);
    const text = readFileSync(runFile, "utf8");
    assert.ok(
      !text.includes(to.environment["MEMORY_INSIGHTS_TOKEN"] ?? "?"),
      "no token in the file",
    );
    const builder = createProfileBuilder();
    for (const record of records) builder.add(record);
    assert.deepEqual(readRun(text), { profile: builder.profile(), problems: [] });
  });

  it("tells what the program runs with", async () => {
    const packages = join(folder, "site-packages");
    mkdirSync(join(packages, "Typing_Extensions-4.12.0.dist-info"), { recursive: true });
    const to = await listening();
    await connected(to, { sitePaths: [packages], cwd: folder });
    await until("the environment", () => records.some(each => each.kind === "environment"));
    assert.deepEqual(
      records.filter(each => each.kind === "environment"),
      [{ kind: "environment", packages: [["typing-extensions", "4.12.0"]], git: null }],
    );
  });

  it("writes as the program goes", async () => {
    const to = await listening();
    const probe = await connected(to);
    probe.send(cost);
    await until("a flush", () => readFileSync(runFile, "utf8").includes('"cost"'), 2_000);
  });

  it("asks for what grew and joins it with the place", async () => {
    const to = await listening();
    const probe = await connected(to);
    const mark = to.mark();
    const asked = await probe.receive("mark");
    to.recordStop(mark.id, { file: "/a.py", line: 3, reason: "step", function: "f" });
    probe.send(deltaOf(Number(asked["id"]), 10));
    assert.equal((await mark.delta)?.rssBytes, 10);
    const builder = createProfileBuilder();
    for (const record of records) builder.add(record);
    assert.equal(builder.profile().stops[0]?.at?.line, 3);
  });

  it("asks a program that connects late", async () => {
    const to = await listening();
    const mark = to.mark();
    const probe = await connected(to);
    assert.equal((await probe.receive("mark"))["id"], mark.id);
  });

  it("answers null when the program is gone", async () => {
    const to = await listening();
    const probe = await connected(to);
    const asked = to.mark();
    await probe.receive("mark");
    probe.kill();
    assert.equal(await asked.delta, null);
    assert.equal(await to.mark().delta, null);
  });

  it("keeps all that a killed program had sent", async () => {
    const to = await listening();
    const probe = await connected(to);
    for (let t = 0; t < 200; t++) probe.send({ ...cost, t });
    await until("the last message", () => kinds().filter(kind => kind === "cost").length === 200);
    probe.kill();
    await to.recordExit({ code: null, signal: "SIGKILL" });
    await to.close();
    const { profile, problems: damage } = readRun(readFileSync(runFile, "utf8"));
    assert.deepEqual(damage, []);
    assert.deepEqual(profile.exit, { code: null, signal: "SIGKILL" });
  });

  it("takes in the last words of a program that ends before it was heard", async () => {
    const to = await listening();
    const probe = await FakeProbe.connect(to.environment);
    probe.greet();
    probe.send(cost);
    probe.end();
    await to.recordExit({ code: 0, signal: null });
    assert.deepEqual(kinds(), ["run", "hello", "cost", "gone", "exit"]);
  });

  it("refuses a wrong token, and nothing of it is kept", async () => {
    const to = await listening();
    for (const token of ["", "0".repeat(64), 1, null]) {
      const probe = await FakeProbe.connect(to.environment);
      probe.send({ ...hello, token }, cost);
      await probe.closed();
    }
    const silent = await FakeProbe.connect(to.environment);
    silent.send(cost);
    await silent.closed();
    assert.deepEqual(kinds(), ["run"]);
    assert.equal(to.hasProgram, false);
    assert.deepEqual(log, ["connection dropped: it sent no or a wrong token"], "logged once");
  });

  it("drops an oversized greeting, and goes on with the program", async () => {
    const to = await listening();
    const probe = await connected(to);
    for (let i = 0; i < 2; i++) {
      const stranger = await FakeProbe.connect(to.environment);
      stranger.write("x".repeat(2_000_000));
      await stranger.closed();
    }
    probe.send(cost);
    await recorded("cost");
    assert.deepEqual(kinds(), ["run", "hello", "cost"]);
    assert.equal(log.filter(line => line.includes("oversized")).length, 1);
  });

  it("drops a connection that says nothing", async () => {
    const to = await listening();
    const probe = await FakeProbe.connect(to.environment);
    await probe.closed(8_000);
  }).timeout(10_000);

  it("says when the probe is of another version", async () => {
    const to = await listening();
    const probe = await FakeProbe.connect(to.environment);
    probe.greet({ version: 2 });
    await probe.closed();
    assert.deepEqual(problems, ["version"]);
  });

  it("goes on after garbage, and tells of it once", async () => {
    const to = await listening();
    const probe = await connected(to);
    probe.write("garbage\n\u0000\n[]\n");
    probe.write(Buffer.from([0xff, 0xfe, 10]));
    probe.write(`${"x".repeat(2_000_000)}\n`);
    probe.send({ kind: "samples", t: [1], rss: [-1], traced: [null], blocks: [1] });
    probe.send({ kind: "objects", of: "a later version" }, cost);
    await recorded("cost");
    assert.deepEqual(problems, ["unreadable"]);
    assert.equal(log.length, 1);
    assert.deepEqual(kinds(), ["run", "hello", "cost"]);
  });

  it("drops who sends nothing but garbage", async () => {
    const to = await listening();
    const probe = await connected(to);
    probe.write("garbage\n".repeat(500));
    await probe.closed();
  });

  it("drops a flood, and keeps what came before", async () => {
    const to = await listening();
    const probe = await connected(to);
    const lines = `${JSON.stringify(cost)}\n`.repeat(1_000);
    for (let i = 0; i < 100 && !probe.isClosed; i++) probe.write(lines);
    await probe.closed();
    assert.deepEqual(problems, ["flood"]);
    assert.equal(log.filter(line => line.includes("too much at once")).length, 1);
    assert.ok(records.length < 60_000);
  });

  it("accepts at most 64 connections", async () => {
    const to = await listening();
    const probes: FakeProbe[] = [];
    for (let i = 0; i < 70; i++) probes.push(await FakeProbe.connect(to.environment));
    await until("six to be dropped", () => probes.filter(probe => probe.isClosed).length === 6);
    for (const probe of probes) probe.kill();
  });

  it("records children with their own process, and asks the program unless told", async () => {
    const to = await listening();
    const probe = await connected(to);
    const child = await connected(to, { pid: 11, parentPid: 10 });
    child.send({ ...cost, t: 8 });
    await recorded("cost");
    assert.deepEqual(
      records.flatMap(record => ("pid" in record ? [record.pid] : [])),
      [10, 11, 11],
    );
    const { id } = to.mark();
    assert.equal((await probe.receive("mark"))["id"], id);
    to.setInterval(200);
    assert.equal((await child.receive("rate"))["intervalMs"], 200);
  });

  it("asks each process for what it grew by itself, also one that connects late", async () => {
    const to = await listening();
    const probe = await connected(to);
    const marks = [to.mark(), to.mark(11)] as const;
    const child = await connected(to, { pid: 11, parentPid: 10 });
    assert.deepEqual(to.processes, [10, 11]);
    for (const [each, { id }, rssBytes] of [
      [child, marks[1], 20],
      [probe, marks[0], 10],
    ] as const) {
      assert.equal((await each.receive("mark"))["id"], id);
      to.recordStop(id, { file: "/a.py", line: rssBytes, reason: "step", function: "f" });
      // Nobody answers for another process.
      (each === probe ? child : probe).send(deltaOf(id, 1_000));
      each.send(deltaOf(id, rssBytes));
    }
    assert.equal((await marks[0].delta)?.rssBytes, 10);
    assert.equal((await marks[1].delta)?.rssBytes, 20);
    const gone = to.mark(11);
    child.kill();
    assert.equal(await gone.delta, null);
    assert.notEqual(probe.isClosed, true);
  });

  it("asks all processes for their limits, and lets go on the one that passed one", async () => {
    const to = await listening();
    const probe = await connected(to);
    to.setLimits([{ of: "rss", bytes: 100, seconds: null }], true);
    const child = await connected(to, { pid: 11, parentPid: 10 });
    const limits = [{ of: "rss", bytes: 100, seconds: null, id: 1 }];
    for (const each of [probe, child]) {
      assert.deepEqual((await each.receive("limits"))["limits"], limits);
    }
    to.resume(11);
    to.takeSnapshot("here", 11);
    to.setLevel("allocations", 1, 11);
    await child.receive("level");
    to.takeSnapshot("all");
    await probe.receive("snapshot");
    assert.deepEqual(probe.kinds(), ["welcome", "limits", "snapshot"]);
    assert.deepEqual(child.kinds().slice(2, 5), ["resume", "snapshot", "level"]);
  });

  it("switches the level of all processes, also of those that come later", async () => {
    const to = await listening();
    const probe = await connected(to);
    to.setLevel("allocations", 5);
    const later = await connected(to, { pid: 11, parentPid: 10 });
    for (const each of [probe, later]) {
      const { level, frames } = await each.receive("level");
      assert.deepEqual([level, frames], ["allocations", 5]);
    }
  });

  it("asks all processes for a snapshot, each with a number of its own", async () => {
    const to = await listening();
    const probes = [await connected(to), await connected(to, { pid: 11, parentPid: 10 })];
    to.takeSnapshot("x".repeat(500));
    to.takeSnapshot("");
    for (const probe of probes) {
      const first = await probe.receive("snapshot");
      assert.deepEqual([first["id"], first["name"]], [1, "x".repeat(200)]);
    }
  });

  it("tells when a process is gone without a word, and not of one that said so", async () => {
    const to = await listening();
    await connected(to);
    const child = await connected(to, { pid: 11, parentPid: 10 });
    const other = await connected(to, { pid: 12, parentPid: 10 });
    other.send({ kind: "end", t: 1, peakRssBytes: 1, peakTracedBytes: null });
    other.end();
    await recorded("end");
    child.kill();
    await recorded("gone");
    assert.deepEqual(
      records.flatMap(record => (record.kind === "gone" ? [record.pid] : [])),
      [11],
    );
  });

  it("reads the user's sources once, and no one else's", async () => {
    const file = join(folder, "app.py");
    writeFileSync(file, "\ufeffprint('größer')\n");
    const to = await listening();
    const probe = await connected(to);
    const rows = [
      file,
      "/usr/lib/python3.11/json/decoder.py",
      join(folder, "gone.py"),
      folder,
      "<string>",
    ];
    const lines = rows.map(name => [name, 1, null, null, null, 5]);
    const message = { kind: "lines", source: "sampled", t: 1, rows: lines };
    probe.send(message, message);
    await recorded("source");
    probe.end();
    await to.recordExit({ code: 0, signal: null });
    const sources = records.filter(record => record.kind === "source");
    const expected = { kind: "source", file, fingerprint: fingerprint("print('größer')\n") };
    assert.deepEqual(sources, [expected]);
  });

  it("reads the cells of a notebook, each as its lines are counted", async () => {
    const notebook = join(folder, "plot.ipynb");
    const cells = [{ source: "# Title" }, { source: ["a = 1\n", "b = 2"] }, { source: "c = 3" }];
    writeFileSync(notebook, JSON.stringify({ cells }));
    const to = await listening();
    const probe = await connected(to);
    const names = [3, 2, 9].map(number => `${notebook}[${number}]`);
    const rows = names.map(name => [name, 1, null, null, null, 5]);
    probe.send({ kind: "lines", source: "sampled", t: 1, rows });
    probe.end();
    await to.recordExit({ code: 0, signal: null });
    assert.deepEqual(
      records.filter(record => record.kind === "source"),
      [
        { kind: "source", file: names[0], fingerprint: fingerprint("c = 3") },
        { kind: "source", file: names[1], fingerprint: fingerprint("a = 1\nb = 2") },
      ],
    );
  });

  it("takes the text of what is no file anew where it has run again", async () => {
    const texts = ["a = 1", "a = 1", "a = 2"];
    let ran = 0;
    const to = await listening({ textOf: name => (name === "cell" ? (texts[ran] ?? null) : null) });
    const probe = await connected(to);
    const at = { file: "cell", line: 1, reason: "after the cell", function: "cell" };
    const figures = { source: "sampled", rssBytes: 1, tracedBytes: null, blocks: 1 };
    probe.send({
      ...{ kind: "lines", source: "sampled", t: 1 },
      rows: [["cell", 1, null, null, null, 5]],
    });
    for (ran = 0; ran < texts.length; ran++) {
      probe.send({ kind: "delta", id: 0, t: 2, sinceT: 1, ...figures, at, rows: [], turnover: [] });
      const count = ran + 1;
      await until("the end of the cell", () => kinds().filter(k => k === "delta").length === count);
    }
    const told = records.flatMap(record => {
      if (record.kind === "delta") return ["end"];
      return record.kind === "source" ? [record.fingerprint] : [];
    });
    assert.deepEqual(told, [fingerprint("a = 1"), "end", "end", fingerprint("a = 2"), "end"]);
  });

  it("goes on live when the file cannot be written", async () => {
    writeFileSync(join(folder, "file"), "");
    const to = await listening({ runFile: join(folder, "file", "a.memprofile") });
    const probe = await connected(to);
    probe.send(cost);
    await recorded("cost");
    await until("the problem", () => problems.length > 0);
    await to.close();
    assert.deepEqual(problems, ["cannot-write"]);
  });

  (existsSync("/dev/full") ? it : it.skip)("goes on live when the disk is full", async () => {
    const to = await listening({ runFile: "/dev/full" });
    const probe = await connected(to);
    await until("the problem", () => problems.length > 0);
    probe.send(cost);
    await recorded("cost");
    await to.close();
    assert.deepEqual(problems, ["cannot-write"]);
  });

  it("needs no file", async () => {
    const to = await listening({ runFile: null });
    await connected(to);
    await to.close();
    assert.deepEqual(kinds(), ["run", "hello"]);
  });

  it("says what to do when no port can be bound", async () => {
    // An address for documentation, which no machine has.
    const started = await start({ host: "192.0.2.1" });
    assert.ok(started.kind === "problem");
    assert.equal(started.problem.kind, "cannot-listen");
    assert.match(started.problem.text, /Allow local connections/);
  });

  it("listens again where a restarted program looks", async () => {
    const first = await listening();
    await first.close();
    const second = await listening({ reuse: first.environment });
    assert.deepEqual(second.environment, first.environment);
    await connected(second);
  });
});
