import assert from "node:assert/strict";
import { createModel, memberType } from "#semantics";
import { isA, parseSource, walk } from "#syntax";

describe("memberType", () => {
  /** The type of the last attribute in a method `use` of a class with the given body. */
  function check(body: string, expected: string | null, use = "self.text"): void {
    const indented = body.replace(/^/gm, "    ");
    const text = `class A:\n${indented}\n    def use(self, other):\n        ${use}\n`;
    const model = createModel(parseSource(text));
    const last = [...walk(model.module)].filter(node => isA(node, "Attribute")).at(-1);
    assert.ok(isA(last, "Attribute"));
    assert.equal(memberType(last, model), expected);
  }

  it("agrees on the known values that the class assigns", () => {
    check('def __init__(self):\n    self.text = ""', "str");
    check('text = ""', "str");
    check("text: str = make()", null);
    check('def __init__(me, text):\n    me.text = text\ndef reset(it):\n    it.text = ""', "str");
    check('def __init__(self):\n    self.text = None\n    self.text = "a"', "str");
    check('def __init__(self):\n    self.text = ""\n    self.text = 0', null);
    check("def __init__(self):\n    self.text = make()", null);
  });

  it("knows only instances of the class", () => {
    check('def __init__(self):\n    self.text = ""', null, "other.text");
    check('@staticmethod\ndef make(it):\n    it.text = ""', null);
    check('def make(self, it):\n    it.text = ""', null);
    check('def make(self):\n    self = other\n    self.text = ""', null);
    check('class B:\n    def make(self):\n        self.text = ""', null);
    check('def make(self):\n    self.other = ""', null);
  });
});
