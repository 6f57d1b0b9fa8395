import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyzeText } from "#analyzer";
import { places, settingsWith } from "./places";

const settings = settingsWith({ select: ["MEM101"] });
const probe = (n: number) => `def probe_${n}(rows):\n    return sum([row for row in rows])\n`;

describe("findings while somebody types", () => {
  const found = (text: string) => places(text, analyzeText(text, settings).findings);

  const half = [
    ["an open bracket", "    x = foo(1, [2"],
    ["an open string", '    x = "abc'],
    ["an open triple quote in a function", "    return '' if x else ("],
    ["half a statement", "    for row in"],
    ["half a call", "    return sum([row for row in"],
    ["a lone dot", "    rows."],
    ["a lone decorator", "    @"],
    ["a missing colon", "    if rows"],
    ["a wrong indent", "      return 1\n   return 2"],
  ] as const;
  for (const [what, line] of half) {
    it(`stay in intact functions beside ${what}`, () => {
      const text = `${probe(1)}\n\ndef typed(rows):\n${line}\n\n\n${probe(2)}`;
      const last = text.split("\n").length - 1;
      assert.deepEqual(found(text), ["MEM101 2:16", `MEM101 ${last}:16`]);
    });
  }

  it("say nothing of the function with the error", () => {
    const text = "def f(rows):\n    x = sum([r for r in rows])\n    y = (\n    return x\n";
    assert.deepEqual(found(text), []);
  });

  it("stay in the other methods of a class", () => {
    const method = (name: string, line: string) =>
      `    def ${name}(self, rows):\n        ${line}\n\n`;
    const fine = "return sum([r for r in rows])";
    const text = `class A:\n${method("a", fine)}${method("b", "x = [1,")}${method("c", fine)}`;
    assert.deepEqual(found(text), ["MEM101 3:20", "MEM101 9:20"]);
  });

  it("stay at the top level before a broken statement, not in it", () => {
    assert.deepEqual(found("a = sum([x for x in y])\nb = sum([x for x in y]) +\n"), ["MEM101 1:9"]);
  });

  it("stay when lines or brackets are deleted in real files, and no others come", function () {
    this.timeout(120_000);
    const folder = standardLibrary();
    if (folder === null) return this.skip();
    const files = ["tempfile.py", "shelve.py", "queue.py", "bdb.py", "statistics.py"];
    const total = { kept: 0, lost: 0 };
    const added: string[] = [];
    const random = seededRandom(7);
    for (const file of files) {
      const text = withProbes(readFileSync(join(folder, file), "utf8"));
      const whole = probesFound(text);
      assert.ok(whole.size > 3, `${file} has probes`);
      for (let round = 0; round < 16; round++) {
        const { broken, near } = breakText(text, random);
        const now = probesFound(broken);
        for (const name of whole) {
          if (name === near) continue;
          if (now.has(name)) total.kept++;
          else total.lost++;
        }
        // A probe that lost its head is code of the function before it.
        if (near === null) added.push(...[...now].filter(name => !whole.has(name)));
      }
    }
    const share = total.kept / (total.kept + total.lost);
    assert.ok(share > 0.97, `kept ${(100 * share).toFixed(1)} % of ${total.kept + total.lost}`);
    assert.deepEqual(added, []);
  });
});

/** Where the Python on the path keeps its library; null when there is none. */
function standardLibrary(): string | null {
  const program = "import sysconfig; print(sysconfig.get_path('stdlib'))";
  for (const python of ["python3", "python"]) {
    try {
      return execFileSync(python, ["-c", program], { encoding: "utf8" }).trim();
    } catch {
      continue;
    }
  }
  return null;
}

/** Puts a function with a finding before every top-level function and class. */
function withProbes(text: string): string {
  let count = 0;
  return text.replace(/^(?=(?:def|class|@)\b)/gm, (_match, offset: number) => {
    const line = text.slice(0, offset).split("\n").at(-2) ?? "";
    // Between a decorator and what it decorates there is no place.
    return line.startsWith("@") ? "" : `${probe(count++)}\n\n`;
  });
}

/** Names of the probes that are found, wherever they stand; other findings by their place. */
function probesFound(text: string): ReadonlySet<string> {
  const { findings } = analyzeText(text, settings);
  return new Set(
    findings.map(({ functionSpan, span }) => {
      const head = functionSpan ? text.slice(functionSpan.start, functionSpan.start + 40) : "";
      return /^def (probe_\d+)/.exec(head)?.[1] ?? `other: ${text.slice(span.start, span.end)}`;
    }),
  );
}

/** Deletes a line or a bracket somewhere; says which probe that was in, if any. */
function breakText(text: string, random: () => number): { broken: string; near: string | null } {
  const [start, end] = random() < 0.5 ? someLine(text, random) : someBracket(text, random);
  const before = text.slice(0, start);
  const near = /def (probe_\d+)\(rows\):\n[^\n]*$/.exec(`${before}${text.slice(start, end)}`)?.[1];
  return { broken: before + text.slice(end), near: near ?? null };
}

function someLine(text: string, random: () => number): readonly [number, number] {
  const start = text.indexOf("\n", Math.floor(random() * text.length * 0.95)) + 1;
  return [start, text.indexOf("\n", start) + 1];
}

function someBracket(text: string, random: () => number): readonly [number, number] {
  const from = Math.floor(random() * text.length * 0.95);
  const at = from + text.slice(from).search(/[()[\]{}]/);
  return [at, at + 1];
}

/** A small generator of equal numbers on each run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
