import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const sample = join("media", "sample");
const cli = join("dist", "cli.js");
const python = process.env["MEMORY_INSIGHTS_PYTHON"] ?? "python3";
const enough = 5 * 1024 * 1024;

/** What README.md of the sample promises: the finding's line, and the function that grows. */
const faults = [
  { file: "audit.py", finding: "def sign(order, trail=[])", grows: "sign" },
  { file: "addresses.py", finding: "_labels = {}", grows: "label" },
  { file: "letters.py", finding: "@lru_cache(maxsize=None)", grows: "letter" },
  { file: "report.py", finding: "rows.append(", grows: "lay_out" },
  { file: "visits.py", finding: "for line in log.readlines()", grows: "summarise" },
];

describe("the sample", () => {
  it("prints the same on every machine", () => {
    const { status, stdout, stderr } = run(python, [join(sample, "main.py"), "--orders=5000"]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(stdout.split(/\r?\n/).slice(-6), [
      "audit       5000 orders signed",
      "addresses   5 cities, 344897 letters on labels",
      "letters     925000 characters",
      "report      875000 characters, up to 175 in a row",
      "visits      5000 requests failed",
      "",
    ]);
  });

  it("has a warning at each of its five faults, and nothing worse than a hint elsewhere", () => {
    const { stdout } = run(process.execPath, [cli, "check", sample, "--format=json", "--no-cache"]);
    const found = (JSON.parse(stdout) as readonly CheckFinding[]).map(one => ({
      line: `${basename(one.filename)}: ${lineOf(basename(one.filename), one.location.row)}`,
      severity: one.severity,
    }));
    const warnings = found.filter(one => one.severity === "warning").map(one => one.line);
    const expected = faults.map(fault => `${fault.file}: ${fault.finding}`);
    // The same fault once more, in a function that a plain run does not reach.
    expected.push("visits.py: for line in log.readlines()");
    assert.deepEqual(warnings.map(line => line.replace(/:$/, "")).sort(), expected.sort());
    const hints = found.filter(one => one.severity !== "warning").map(one => one.line);
    assert.deepEqual(hints.sort(), [
      'report.py: def headline(title, marks=["=", "-"]):',
      'report.py: text += mark * len(title) + "\\n"',
    ]);
  });

  it("grows by megabytes in each of its five faults", function () {
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), "sample-"));
    try {
      const file = join(folder, "run.memprofile");
      const args = [cli, "profile", "--python", python, "-o", file, join(sample, "main.py")];
      const profiled = run(process.execPath, args);
      assert.equal(profiled.status, 0, profiled.stderr);
      const report = run(process.execPath, [cli, "report", file, "--format=json"]);
      const { lines } = JSON.parse(report.stdout) as { readonly lines: readonly ReportLine[] };
      const growth = faults.map(fault => ({ ...fault, bytes: grownIn(fault, lines) }));
      const small = growth.filter(fault => fault.bytes < enough);
      assert.deepEqual(small, [], JSON.stringify(growth));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

interface CheckFinding {
  readonly filename: string;
  readonly location: { readonly row: number };
  readonly severity: string;
}

interface ReportLine {
  readonly file: string;
  readonly line: number;
  readonly grown_bytes: number | null;
}

/** Sums what the lines of a function grew by. */
function grownIn(fault: { file: string; grows: string }, lines: readonly ReportLine[]): number {
  const source = sourceOf(fault.file);
  const first = source.findIndex(line => line.trim().startsWith(`def ${fault.grows}(`)) + 1;
  const length = source.slice(first).findIndex(line => /^\S/.test(line));
  const last = length < 0 ? source.length : first + length;
  return lines
    .filter(one => basename(one.file) === fault.file && one.line >= first && one.line <= last)
    .reduce((sum, one) => sum + (one.grown_bytes ?? 0), 0);
}

function lineOf(file: string, row: number): string {
  return (sourceOf(file)[row - 1] ?? "").trim();
}

function sourceOf(file: string): readonly string[] {
  return readFileSync(join(sample, "shop", file), "utf8").split("\n");
}

function run(command: string, args: readonly string[]) {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
  return spawnSync(command, args, { encoding: "utf8", env });
}
