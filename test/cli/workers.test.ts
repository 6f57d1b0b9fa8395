import assert from "node:assert/strict";
import { request } from "node:http";
import { join } from "node:path";
import type { Profile } from "#profile";
import { until } from "../support/until";
import { cli, CliFolder, type Started } from "./cli-process";

/** A Python with gunicorn, uvicorn and pytest-xdist; see scripts/test-stages.mjs. */
const python = process.env["MEMORY_INSIGHTS_WORKERS_PYTHON"] ?? "";
const canTry = python !== "" && process.platform !== "win32";

const keptBytes = 3_000_000;
/** Enough for each worker to get some. */
const mostAnswers = 100;
/** Answers with the ids of its process and of the one above; meanwhile its worker takes no other request. */
const app = `import os, time

kept = []

def answer():
    time.sleep(0.1)
    kept.append(bytearray(b"x") * ${keptBytes})
    return b"%d %d" % (os.getpid(), os.getppid())

def wsgi(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [answer()]

async def asgi(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": answer()})
`;
const line = 7;

describe("a program with workers", function () {
  this.timeout(60_000);
  let folder: CliFolder;

  beforeEach(() => {
    folder = new CliFolder();
  });

  afterEach(() => folder.remove());

  const profile = (...argv: readonly string[]): Started =>
    folder.start(process.execPath, [
      ...[cli, "profile", "--python", python],
      ...["--level=allocations", "-o", "run.memprofile", ...argv],
    ]);

  const read = (): Profile => folder.readRun("run.memprofile").profile;

  function liveBytes({ lines, files }: Profile, name: string, at: number): number {
    const found = lines.find(
      each => each.line === at && files[each.file]?.path.endsWith(name) === true,
    );
    return found?.liveBytes ?? 0;
  }

  /** Asks until two workers have answered; gives their ids and that of their parent. */
  async function askBoth(started: Started) {
    const workers = new Set<number>();
    let parent = 0;
    let answers = 0;
    const socketPath = join(folder.path, "app.sock");
    while (workers.size < 2) {
      assert.ok(answers < mostAnswers, `only ${[...workers].join()} answered`);
      if (started.process.exitCode !== null) assert.fail((await started.ended).err);
      const told = await Promise.all([1, 2, 3, 4].map(() => ask(socketPath)));
      for (const text of told.filter(each => each !== null)) {
        const [own = 0, above = 0] = text.split(" ").map(Number);
        workers.add(own);
        parent = above;
        answers++;
      }
    }
    return { workers: [...workers], parent };
  }

  // A worker that starts slowly is not to be replaced by another one.
  const patience = ["--timeout-worker-healthcheck", "60"];
  for (const [server, argv] of [
    ["gunicorn", ["-m", "gunicorn", "-w", "2", "-b", "unix:app.sock", "app:wsgi"]],
    ["uvicorn", ["-m", "uvicorn", "--workers", "2", ...patience, "--uds", "app.sock", "app:asgi"]],
  ] as const) {
    (canTry ? it : it.skip)(`has a track for each: ${server}`, async () => {
      folder.write("app.py", app);
      const started = profile(...argv);
      const { workers, parent } = await askBoth(started);
      // A worker of uvicorn ends by the signal itself, without a last reading.
      await until("what the workers keep", () => liveBytes(read(), "app.py", line) >= keptBytes);
      process.kill(parent, "SIGTERM");
      const { err } = await started.ended;
      const pids = read().processes.map(({ pid }) => pid);
      assert.ok(
        [parent, ...workers].every(pid => pids.includes(pid)),
        `${pids.join()} ${err}`,
      );
    });
  }

  (canTry ? it : it.skip)("has a track for each: pytest-xdist", async () => {
    const tests = `import pytest

kept = []

@pytest.mark.parametrize("number", range(6))
def test_keeps(number):
    kept.append(bytearray(b"x") * ${keptBytes})
`;
    folder.write("test_keeps.py", tests);
    const { code, out, err } = await profile("-m", "pytest", "-q", "-n", "2", "test_keeps.py")
      .ended;
    assert.equal(code, 0, out + err);
    assert.equal(read().processes.length, 3, err);
    assert.ok(liveBytes(read(), "test_keeps.py", 7) >= keptBytes, err);
  });
});

/** The answer of a server; null when there is none yet. */
function ask(socketPath: string): Promise<string | null> {
  return new Promise(done => {
    // A connection that is kept stays with its worker.
    const call = request({ socketPath, path: "/", agent: false }, response => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => done(response.statusCode === 200 ? text : null));
    });
    call.on("error", () => setTimeout(done, 50, null));
    call.end();
  });
}
