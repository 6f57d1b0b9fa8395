import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { analyze, applyFixes, type AnalyzerSettings } from "#analyzer";
import { positionAt } from "#base";
import { type Finding, type Rule, rules } from "#rules";
import { parseSource, walk } from "#syntax";
import { askPython } from "../support/python";
import { type Marker, type PageCase, readRulePage, type Sample } from "./rule-page";

const root = "src/rules";
const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter(path => path.endsWith(".md"))
  .sort();
const pages = paths.map(path => ({
  path,
  name: basename(path, ".md"),
  ...readRulePage(readFileSync(join(root, path), "utf8")),
}));

describe("the rules", () => {
  it("have one page, one name and one code each", () => {
    const names = rules.map(rule => rule.meta.name);
    assert.deepEqual(pages.map(page => page.name).sort(), [...names].sort());
    assert.equal(new Set(names).size, rules.length);
    assert.equal(new Set(rules.map(rule => rule.meta.code)).size, rules.length);
  });

  it("are sorted by code and well described", () => {
    const codes = rules.map(rule => rule.meta.code);
    assert.deepEqual(codes, [...codes].sort());
    for (const { meta } of rules) {
      assert.match(meta.code, /^MEM[1-9]\d\d$/);
      assert.match(meta.name, /^[a-z0-9]+(-[a-z0-9]+)+$/);
      assert.doesNotMatch(meta.summary, /[.!]$/);
    }
  });

  it("have pages whose Python CPython parses", () => {
    const samples = pages.flatMap(({ path, cases, measures }) =>
      [
        ...cases.flatMap(each => [each, ...(each.fixed ? [{ ...each, ...each.fixed }] : [])]),
        ...measures,
      ].map(({ pageLine, text }) => ({ where: `${path}:${pageLine}`, text })),
    );
    assert.deepEqual(askPython(parsesScript, samples), []);
  });

  for (const page of pages) {
    describe(page.path, () => {
      const rule = rules.find(each => each.meta.name === page.name);

      it("has a title, and at least as much good code as findings", () => {
        assert.deepEqual(page.problems, []);
        assert.equal(page.title, `${page.name} (${rule?.meta.code})`);
        const count = (measure: (each: PageCase) => number, kind: PageCase["kind"]) =>
          page.cases
            .filter(each => each.kind === kind)
            .reduce((sum, each) => sum + measure(each), 0);
        const good = count(each => statementCount(each.text), "good");
        const bad = count(each => each.markers.length, "bad");
        assert.ok(good >= bad, `${good} statements that are good, ${bad} findings`);
      });

      it("proves the bytes that it claims, and no others", () => {
        const gains = rule?.meta.gains.filter(gain => gain === "peak" || gain === "retained") ?? [];
        const claims = new Set(page.measures.map(block => block.claim));
        assert.deepEqual([...claims].sort(), [...gains].sort(), "claims of blocks, gains");
        for (const { pageLine, text } of page.measures) {
          for (const form of ["bad", "fixed"]) {
            const isThere = new RegExp(`^def ${form}\\(`, "m").test(text);
            assert.ok(isThere, `line ${pageLine}: no function ${form}`);
          }
        }
      });

      for (const each of page.cases) {
        it(`line ${each.pageLine}, ${each.kind}`, () => {
          assert.ok(rule, `no rule is named ${page.name}`);
          checkCase(rule, each);
        });
      }
    });
  }
});

function checkCase(rule: Rule, { kind, fixed, ...sample }: PageCase): void {
  const findings = check(rule, sample);
  assert.equal(findings.length > 0, kind === "bad", `a ${kind} block`);
  for (const finding of findings) checkWording(finding);

  const safeties = findings.flatMap(finding => finding.fix?.safety ?? []);
  if (!fixed) {
    assert.deepEqual(safeties, [], "a fix that the page does not show");
    return;
  }
  assert.deepEqual([...new Set(safeties)], [fixed.safety], "one kind of fix in a block");
  const scope = fixed.safety === "safe" ? "safe" : "all";
  assert.equal(applyFixes(sample.text, findings, { safety: scope }).text, fixed.text);
  check(rule, fixed);
}

/** Analyses a sample with one rule; its findings are exactly the marked ones. */
function check(rule: Rule, sample: Sample): readonly Finding[] {
  const file = parseSource(sample.text);
  assert.deepEqual(file.errors, [], "the sample is valid Python");
  const settings: AnalyzerSettings = { select: [rule.meta.code], ignore: [], severities: {} };
  const { findings } = analyze(file, settings, { rules: [rule] });
  const found = findings.map((finding, index): Marker => {
    const { line, column } = positionAt(file.lines, finding.span.start);
    const isMessageGiven = sample.markers[index]?.message !== null;
    return { line, column, message: isMessageGiven ? finding.message : null };
  });
  assert.deepEqual(found, sample.markers);
  return findings;
}

function checkWording({ message, severity, fix, related }: Finding): void {
  const texts = [message, ...(related ?? []).map(each => each.message)];
  if (fix) texts.push(fix.title, fix.changes ?? "");
  for (const text of texts) {
    assert.ok(text.length <= 100, `${text.length} characters: ${text}`);
    assert.doesNotMatch(text, /!|\.$|\n/, text);
    assert.equal(text.split("`").length % 2, 1, `backticks in pairs: ${text}`);
  }
  assert.ok(["error", "warning", "information", "hint"].includes(severity), severity);
  if (!fix) return;
  assert.ok(fix.edits.length > 0, "a fix changes something");
  if (fix.safety === "review") assert.ok(fix.changes, "a fix for review says what may change");
}

/** The size of a block in statements, imports left out. */
function statementCount(text: string): number {
  let count = 0;
  for (const { kind, parent } of walk(parseSource(text).module)) {
    const isStatement = parent?.kind === "Block" || parent?.kind === "Module";
    if (isStatement && kind !== "Import" && kind !== "ImportFrom") count++;
  }
  return count;
}

/** Reads `[{where, text}]` and prints the places whose text does not parse. */
const parsesScript = `
import ast, json, sys
failed = []
for sample in json.load(sys.stdin):
    try:
        ast.parse(sample["text"])
    except SyntaxError as error:
        failed.append(f"{sample['where']}: {error}")
print(json.dumps(failed))
`;
