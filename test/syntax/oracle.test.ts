import assert from "node:assert/strict";
import { positionAt } from "#base";
import { type Node, parseSource, type SourceFile, walk } from "#syntax";
import { askPython } from "../support/python";
import { pythonFiles } from "../support/python-files";

/** Places of the kinds that rules visit, as CPython sees them, per text: `Kind line column`. */
const script = `
import ast, json, sys
kinds = {
  "Call": "Call", "For": "For", "AsyncFor": "For", "While": "While", "If": "If",
  "With": "With", "AsyncWith": "With", "ListComp": "ListComprehension",
  "SetComp": "SetComprehension", "DictComp": "DictComprehension", "Assign": "Assign",
  "AugAssign": "AugmentedAssign", "AnnAssign": "AnnotatedAssign", "Return": "Return",
  "Lambda": "Lambda", "Subscript": "Subscript", "Attribute": "Attribute", "Try": "Try",
  "Await": "Await", "Yield": "Yield", "YieldFrom": "Yield", "List": "List", "Dict": "Dict",
  "Set": "Set", "Raise": "Raise", "Delete": "Delete", "Import": "Import",
  "ImportFrom": "ImportFrom", "Global": "Global", "Assert": "Assert", "Compare": "Compare",
  "IfExp": "Conditional", "NamedExpr": "NamedExpression",
}
def places(text):
    lines = text.split("\\n")
    found = []
    for node in ast.walk(ast.parse(text)):
        kind = kinds.get(type(node).__name__)
        if kind is None:
            continue
        # Columns of CPython count UTF-8 bytes.
        column = len(lines[node.lineno - 1].encode()[:node.col_offset].decode())
        found.append(f"{kind} {node.lineno} {column}")
    return sorted(found)
json.dump([places(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/** Expressions inside f-strings have no exact places in CPython before 3.12; files with them are left out. */
const hasFormatted = /\b[fF][rR]?["']|\b[rR][fF]["']/;

describe("the tree", () => {
  it("has the nodes that CPython has, where CPython has them", () => {
    const texts = [...pythonFiles().filter(text => !hasFormatted.test(text)), newSyntax];
    assert.ok(texts.length > 5, `only ${texts.length} files to judge by`);
    const expected = askPython(script, texts) as string[][];
    texts.forEach((text, i) => {
      assert.deepEqual(places(parseSource(text)), expected[i], text.slice(0, 200));
    });
  });
});

const compared: ReadonlySet<Node["kind"]> = new Set([
  "Call",
  "For",
  "While",
  "If",
  "With",
  "ListComprehension",
  "SetComprehension",
  "DictComprehension",
  "Assign",
  "AugmentedAssign",
  "AnnotatedAssign",
  "Return",
  "Lambda",
  "Subscript",
  "Attribute",
  "Try",
  "Await",
  "Yield",
  "List",
  "Dict",
  "Set",
  "Raise",
  "Delete",
  "Import",
  "ImportFrom",
  "Global",
  "Assert",
  "Compare",
  "Conditional",
  "NamedExpression",
] as const);

function places(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of walk(file.module)) {
    if (!compared.has(node.kind)) continue;
    const { line, column } = positionAt(file.lines, node.span.start);
    found.push(`${node.kind} ${line + 1} ${column}`);
  }
  return found.sort();
}

const newSyntax = `
async def f(a, /, b: int = 3, *args: str, c=[], **kw) -> list[int]:
    x = y = [i async for i in g() if await i > 2]
    for k, v in d.items(): pass
    else: return
    with open(a) as f1, (yield): pass
    try:
        raise A from b
    except (A, B) as e: pass
    finally: del a, b[1:2, ::3]
    if a: pass
    elif b: pass
    else: pass
    print(*a, **b, k=lambda x, *y: 1,)
    sum(x for x in y)
    return not a and b < c not in d, -1 ** 2 if t else (u := 3)
class A(B, metaclass=M): z: int = 3
`;
