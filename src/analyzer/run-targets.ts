import type { Span } from "#base";
import { createModel, type Model } from "#semantics";
import {
  ancestors,
  type ClassDef,
  type Expression,
  type FunctionDef,
  type If,
  isA,
  type Node,
  parseSource,
  walkExecuted,
} from "#syntax";

/** Something in a file that can be run by itself. */
export interface RunTarget {
  /** `main` is what stands below `if __name__ == "__main__":`, which is the file run as a program. */
  readonly kind: "main" | "function" | "test" | "testClass";
  /** Names from the outermost class to the definition; empty for `main`. */
  readonly path: readonly string[];
  readonly span: Span;
  /** Its name, or the condition of `main`. */
  readonly nameSpan: Span;
  /** Whether `unittest` can run it. */
  readonly isUnittest: boolean;
  /** Parameters that somebody has to give a value to, the instance's own left out. */
  readonly needs: readonly string[];
}

/** Functions under these are not run by calling them. */
const uncallable: ReadonlySet<string> = new Set([
  "asynccontextmanager",
  "contextmanager",
  "fixture",
  "overload",
]);

/** Tells by its name whether pytest looks for tests in a file. */
export function isTestFile(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return /^(?:test_.*|.*_test|tests)\.py$/.test(name);
}

/**
 * Finds what of a file can be run by itself: its main part, the functions of the module, and tests
 * as pytest (in a file of tests) and unittest name them. Sorted by place; of what is defined twice
 * only the last.
 */
export function findRunTargets(text: string, isInTestFile: boolean): readonly RunTarget[] {
  const model = createModel(parseSource(text));
  const targets = new Map<string, RunTarget>();
  for (const node of walkExecuted(model.module)) {
    const target = toTarget(node, model, isInTestFile);
    if (target) targets.set(target.path.join("."), target);
  }
  return [...targets.values()].sort((a, b) => a.span.start - b.span.start);
}

function toTarget(node: Node, model: Model, isInTestFile: boolean): RunTarget | null {
  if (node.kind === "If") return isMainGuard(node, model) ? mainTarget(node) : null;
  if (!isA(node, "FunctionDef", "ClassDef") || isOutOfReach(node, model)) return null;
  const classes = [...ancestors(node)].filter(each => isA(each, "ClassDef")).reverse();
  const found = { node, classes, model, isInTestFile };
  return node.kind === "ClassDef" ? classTarget(node, found) : functionTarget(node, found);
}

/** A definition and what it stands in. */
interface Found {
  readonly node: FunctionDef | ClassDef;
  /** Outermost first. */
  readonly classes: readonly ClassDef[];
  readonly model: Model;
  readonly isInTestFile: boolean;
}

function mainTarget({ span, test }: If): RunTarget {
  const nameSpan = test.span;
  return { kind: "main", path: [], span, nameSpan, isUnittest: false, needs: [] };
}

function classTarget(node: ClassDef, found: Found): RunTarget | null {
  const kinds = testKinds([...found.classes, node], found);
  return kinds.isTest ? toRunTarget("testClass", found, kinds.isUnittest, []) : null;
}

function functionTarget(node: FunctionDef, found: Found): RunTarget | null {
  if (node.decorators.some(({ expression }) => uncallable.has(lastName(expression)))) return null;
  const { classes, isInTestFile } = found;
  const kinds = testKinds(classes, found);
  const isNamedTest = node.name.text.startsWith("test");
  const needs = neededBy(node).slice(classes.length > 0 ? 1 : 0);
  if (classes.length === 0) {
    return toRunTarget(isNamedTest && isInTestFile ? "test" : "function", found, false, needs);
  }
  return kinds.isTest && isNamedTest ? toRunTarget("test", found, kinds.isUnittest, needs) : null;
}

function toRunTarget(
  kind: RunTarget["kind"],
  { node, classes }: Found,
  isUnittest: boolean,
  needs: readonly string[],
): RunTarget {
  const path = [...classes, node].map(({ name }) => name.text);
  return { kind, path, span: node.span, nameSpan: node.name.span, isUnittest, needs };
}

/** What runs the tests of the last of these classes: unittest knows no class in a class. */
function testKinds(
  classes: readonly ClassDef[],
  { model, isInTestFile }: Found,
): { readonly isTest: boolean; readonly isUnittest: boolean } {
  const last = classes.at(-1);
  if (!last) return { isTest: false, isUnittest: false };
  const isUnittest = classes.length === 1 && isTestCase(last, model);
  const isPytest = isInTestFile && classes.every(({ name }) => name.text.startsWith("Test"));
  return { isTest: isUnittest || isPytest, isUnittest };
}

/** Deep enough for any hierarchy that people write, and an end for one that goes round. */
const mostBases = 8;

function isTestCase({ args }: ClassDef, model: Model, depth = 0): boolean {
  return args.some(({ shape, value }) => {
    if (shape !== "positional" || depth > mostBases) return false;
    const base = model.definitionOf(value);
    if (base?.kind === "ClassDef" && isTestCase(base, model, depth + 1)) return true;
    return (model.qualifiedName(value) ?? lastName(value)).endsWith("TestCase");
  });
}

/** Inside of a function, or of a part that does not run when the file is imported. */
function isOutOfReach(node: Node, model: Model): boolean {
  for (const holder of ancestors(node)) {
    if (isA(holder, "FunctionDef", "Lambda")) return true;
    if (holder.kind === "If" && isMainGuard(holder, model)) return true;
  }
  return false;
}

function isMainGuard({ test }: If, model: Model): boolean {
  if (test.kind !== "Compare" || test.operators.join() !== "==") return false;
  const texts = test.operands.map(operand =>
    operand.kind === "String" ? operand.raw : model.textOf(operand),
  );
  return texts.includes("__main__") && texts.includes("__name__");
}

function neededBy({ parameters }: FunctionDef): readonly string[] {
  return parameters
    .filter(parameter => parameter.shape === "plain" && parameter.default === null)
    .map(({ name }) => name.text);
}

/** `fixture` of `@pytest.fixture(scope="module")`; empty for what has no name. */
function lastName(expression: Expression): string {
  if (expression.kind === "Call") return lastName(expression.callee);
  if (expression.kind === "Attribute") return expression.name.text;
  return expression.kind === "Name" ? expression.text : "";
}
