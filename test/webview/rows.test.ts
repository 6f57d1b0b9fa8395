import assert from "node:assert/strict";
import type { LineRow } from "#profile";
import {
  holdOrder,
  isOpenable,
  lineNodes,
  moveInTree,
  placeParts,
  type RowNode,
  rowKey,
  snapshotNodes,
  stopNodes,
} from "../../src/webview/model/rows";
import { shop, viewOf } from "../panel/fixture/runs";

const row = (file: string, line: number, bytes: number, origin: LineRow["origin"] = "user") =>
  ({ file, label: file, line, bytes, origin, source: "traced", blocks: 1 }) as const;

/** One line a node: depth by indent, folded groups by `+`, unfolded ones by `-`. */
function drawn(nodes: readonly RowNode[]): readonly string[] {
  return nodes.map(node => {
    const indent = "  ".repeat(node.level - 1);
    switch (node.kind) {
      case "line":
        return `${indent}${node.row.file}:${node.row.line} ${Math.round(node.share * 100)}%`;
      case "group":
        return `${indent}${node.isExpanded ? "-" : "+"} others ${node.count} ${node.bytes}`;
      case "stop":
        return `${indent}${node.isExpanded ? "-" : "+"} stop ${node.stop.id}`;
      case "snapshot":
        return `${indent}${node.isExpanded ? "-" : "+"} snapshot ${node.snapshot.number}`;
      case "part":
        return `${indent}${node.isExpanded ? "-" : "+"} ${node.name}`;
      case "more":
        return `${indent}more ${node.hidden}`;
    }
  });
}

const folded = { openKeys: new Set<string>(), limit: 8 };

describe("the rows of a table of lines", () => {
  const rows = [
    row("a.py", 1, 100),
    row("b.py", 2, -50),
    row("lib.py", 3, 200, "library"),
    row("os.py", 4, 20, "stdlib"),
  ];

  it("put the user's lines first and fold the rest", () => {
    assert.deepEqual(drawn(lineNodes(rows, folded, { prefix: "t" })), [
      "a.py:1 50%",
      "b.py:2 25%",
      "+ others 2 220",
    ]);
  });

  it("unfold the rest one level down", () => {
    const open = { ...folded, openKeys: new Set(["t/others"]) };
    assert.deepEqual(drawn(lineNodes(rows, open, { prefix: "t" })).slice(2), [
      "- others 2 220",
      "  lib.py:3 100%",
      "  os.py:4 10%",
    ]);
  });

  it("show the first few of the user's lines until asked for more", () => {
    const many = Array.from({ length: 11 }, (_, index) => row("a.py", index + 1, 10));
    const short = drawn(lineNodes(many, folded, { prefix: "t" }));
    assert.equal(short.length, 9);
    assert.equal(short.at(-1), "more 3");
    const open = { ...folded, openKeys: new Set(["t/more"]) };
    assert.equal(lineNodes(many, open, { prefix: "t" }).length, 11);
  });

  it("show what is nothing beside the user's largest only when asked for more", () => {
    const some = [row("a.py", 1, 100_000), row("a.py", 2, 99), row("a.py", 3, -100)];
    const beside = [...some, row("lib.py", 4, 900_000_000, "library")];
    const short = drawn(lineNodes(beside, folded, { prefix: "t" }));
    assert.deepEqual(short, ["a.py:1 0%", "a.py:3 0%", "more 1", "+ others 1 900000000"]);
  });

  it("have keys of their own in every table", () => {
    const keys = [
      ...lineNodes(rows, folded, { prefix: "t" }),
      ...lineNodes(rows, folded, { prefix: "u" }),
    ].map(n => n.key);
    assert.equal(new Set(keys).size, keys.length);
  });

  it("are empty without rows, and full bars do not divide by zero", () => {
    assert.deepEqual(lineNodes([], folded, { prefix: "t" }), []);
    assert.deepEqual(drawn(lineNodes([row("a.py", 1, 0)], folded, { prefix: "t" })), ["a.py:1 0%"]);
  });
});

describe("the tree of earlier stops", () => {
  const { stops } = viewOf(shop);

  it("lists stops newest first, each with its lines when unfolded", () => {
    assert.deepEqual(drawn(stopNodes(stops, folded)), ["+ stop 3", "+ stop 2", "+ stop 1"]);
    const open = { ...folded, openKeys: new Set(["stop/2"]) };
    assert.deepEqual(drawn(stopNodes(stops, open)), [
      "+ stop 3",
      "- stop 2",
      "  /home/ada/shop/shop/audit.py:29 100%",
      "  /home/ada/shop/shop/visits.py:41 25%",
      "  /home/ada/shop/shop/reports/monthly_summary.py:53 5%",
      "  + others 1 384478",
      "  + Came and went, at least",
      "+ stop 1",
    ]);
  });
});

describe("the tree of snapshots", () => {
  const { snapshots } = viewOf({ ...shop, snapshots: 2 });
  const tree = (...openKeys: string[]) =>
    drawn(snapshotNodes(snapshots, { ...folded, openKeys: new Set(openKeys) }));

  it("lists them newest first; the first has nothing to be compared with", () => {
    assert.deepEqual(tree(), ["+ snapshot 2", "+ snapshot 1"]);
    assert.deepEqual(tree("snapshot/1"), [
      "+ snapshot 2",
      "- snapshot 1",
      "  /home/ada/shop/shop/audit.py:29 100%",
      "  /home/ada/shop/shop/visits.py:41 25%",
      "  + others 1 2097152",
    ]);
  });

  it("shows what changed since the one before, and on request what there was", () => {
    assert.deepEqual(tree("snapshot/2"), [
      "- snapshot 2",
      "  - Since snapshot 1",
      "    /home/ada/shop/shop/audit.py:29 100%",
      "  + All that lines hold",
      "  + Came and went, at least",
      "+ snapshot 1",
    ]);
    assert.deepEqual(tree("snapshot/2", "snapshot/2/turnover").slice(4, 6), [
      "  - Came and went, at least",
      "    /home/ada/shop/shop/report.py:12 100%",
    ]);
    assert.deepEqual(tree("snapshot/2", "snapshot/2/changed", "snapshot/2/held").slice(1, 5), [
      "  + Since snapshot 1",
      "  - All that lines hold",
      "    /home/ada/shop/shop/audit.py:29 100%",
      "    /home/ada/shop/shop/visits.py:41 13%",
    ]);
  });
});

describe("a row's place", () => {
  const cases: readonly (readonly [label: string, name: string, folder: string])[] = [
    ["main.py", "main.py", ""],
    ["shop/audit.py", "audit.py", "shop"],
    ["C:\\code\\shop\\audit.py", "audit.py", "C:\\code\\shop"],
    ["/x/.venv/lib/python3.11/site-packages/jinja2/nodes.py", "nodes.py", "jinja2"],
    ["/usr/lib/python3.11/json/decoder.py", "decoder.py", "json"],
    ["/usr/lib/python3.11/os.py", "os.py", ""],
    ["<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>", ""],
    ["", "", ""],
  ];
  for (const [label, name, folder] of cases) {
    it(`of ${label || "nothing"} is ${name || "nothing"} in ${folder || "no folder"}`, () => {
      assert.deepEqual(placeParts(label), { name, folder });
    });
  }

  it("is openable where there is a file", () => {
    assert.equal(isOpenable("/a/main.py"), true);
    assert.equal(isOpenable("<string>"), false);
  });
});

describe("holding rows still", () => {
  it("keeps the held order and puts new rows last", () => {
    const held = [row("a.py", 1, 1), row("b.py", 1, 1)].map(rowKey);
    const fresh = [row("c.py", 1, 9), row("b.py", 1, 8), row("a.py", 1, 7), row("d.py", 1, 6)];
    assert.deepEqual(
      holdOrder(fresh, held).map(one => one.file),
      ["a.py", "b.py", "c.py", "d.py"],
    );
  });
});

describe("keys in a tree of lines", () => {
  const open = { ...folded, openKeys: new Set(["t/others"]) };
  const nodes = lineNodes([row("a.py", 1, 5), row("lib.py", 2, 3, "library")], open, {
    prefix: "t",
  });
  const [line, group, child] = nodes.map(node => node.key);
  const press = (current: string | undefined, key: string, among = nodes) => {
    const move = moveInTree(among, current ?? "", key);
    return move && `${move.kind} ${among.findIndex(node => node.key === move.key)}`;
  };

  it("move up and down, and stop at the ends", () => {
    assert.equal(press(line, "ArrowDown"), "focus 1");
    assert.equal(press(line, "ArrowUp"), "focus 0");
    assert.equal(press(child, "ArrowDown"), "focus 2");
    assert.equal(press(line, "End"), "focus 2");
    assert.equal(press(child, "Home"), "focus 0");
  });

  it("fold and unfold with left and right, and go between parent and child", () => {
    assert.equal(press(group, "ArrowLeft"), "toggle 1");
    assert.equal(press(group, "ArrowRight"), "focus 2");
    assert.equal(press(child, "ArrowLeft"), "focus 1");
    const closed = nodes.slice(0, 1).concat({ ...nodes[1], isExpanded: false } as RowNode);
    assert.equal(press(group, "ArrowRight", closed), "toggle 1");
  });

  it("open lines and toggle the rest", () => {
    assert.equal(press(line, "Enter"), "open 0");
    assert.equal(press(line, " "), "open 0");
    assert.equal(press(group, "Enter"), "toggle 1");
  });

  it("mean nothing otherwise", () => {
    assert.equal(press(line, "x"), null);
    assert.equal(press(line, "ArrowLeft"), null);
    assert.equal(press(line, "ArrowRight"), null);
    assert.equal(press("gone", "ArrowDown"), null);
  });
});
