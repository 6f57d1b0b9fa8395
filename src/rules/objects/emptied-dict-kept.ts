import { isSameExpression, memberType, type Model } from "#semantics";
import {
  type Call,
  type Expression,
  type For,
  isA,
  type Node,
  type Statement,
  type While,
} from "#syntax";
import { defineRule, type Fix } from "../rule";

const listing: ReadonlySet<string> = new Set(["list", "tuple", "sorted"]);

/** Taking out every key leaves a dict's table as large as it was. */
export const emptiedDictKept = defineRule({
  meta: {
    name: "emptied-dict-kept",
    code: "MEM507",
    summary: "Dict that lives on is emptied key by key, which keeps its table",
    severity: "information",
    isDefault: false,
    gains: ["retained", "time"],
  },
  visits: ["For", "While"],

  *check(loop, model) {
    const [only, second] = loop.body.body;
    if (!only || second || loop.orElse) return;
    const dict = loop.kind === "While" ? drainedBy(loop, only) : emptiedBy(loop, only, model);
    if (!dict || !livesOn(dict, model)) return;
    const fix = withClear(loop, dict, model);
    yield {
      span: dict.span,
      message: "Emptied key by key, this dict keeps its table; `clear` gives it back",
      ...(fix && { fix }),
    };
  },
});

/** `while rows: rows.popitem()`. */
function drainedBy({ test }: While, only: Statement): Expression | null {
  const call = calledBy(only);
  if (!isA(call?.callee, "Attribute") || call.callee.name.text !== "popitem") return null;
  return isSameExpression(call.callee.object, test) ? test : null;
}

function calledBy(statement: Statement): Call | null {
  const value = isA(statement, "ExpressionStatement") ? statement.value : null;
  return isA(value, "Call") ? value : null;
}

/** `for key in list(rows): del rows[key]`, or `rows.pop(key)`. */
function emptiedBy({ target, iterable }: For, only: Statement, model: Model): Expression | null {
  const dict = isA(iterable, "Call") ? listedDict(iterable, model) : null;
  if (!dict || !isA(target, "Name") || typeOf(dict, model) !== "dict") return null;
  const taken = isA(only, "Delete") ? deletedItem(only.targets) : poppedItem(only);
  if (!taken || !isSameExpression(taken.owner, dict)) return null;
  return isSameExpression(taken.key, target) ? dict : null;
}

/** What `list(rows)` or `list(rows.keys())` goes over. */
function listedDict({ callee, args }: Call, model: Model): Expression | null {
  const [only, second] = args;
  if (only?.shape !== "positional" || second) return null;
  if (!listing.has(model.builtinName(callee) ?? "")) return null;
  const { value } = only;
  if (!isA(value, "Call")) return value;
  const isKeys = isA(value.callee, "Attribute") && value.callee.name.text === "keys";
  return isKeys ? value.callee.object : null;
}

interface Item {
  readonly owner: Expression;
  readonly key: Expression;
}

function deletedItem(targets: readonly Expression[]): Item | null {
  const [only, second] = targets;
  return isA(only, "Subscript") && !second ? { owner: only.object, key: only.index } : null;
}

function poppedItem(statement: Statement): Item | null {
  const call = calledBy(statement);
  const key = call?.args[0]?.value;
  if (!isA(call?.callee, "Attribute") || call.callee.name.text !== "pop" || !key) return null;
  return { owner: call.callee.object, key };
}

function typeOf(dict: Expression, model: Model): string | null {
  return isA(dict, "Attribute") ? memberType(dict, model) : model.typeOf(dict);
}

/** A local dict goes with its function. */
function livesOn(dict: Expression, model: Model): boolean {
  if (isA(dict, "Attribute")) return true;
  return isA(dict, "Name") && model.bindingOf(dict)?.scope.kind === "module";
}

function withClear({ span }: Node, dict: Expression, model: Model): Fix | null {
  if (model.file.comments.some(each => each.span.start > span.start && each.span.end <= span.end)) {
    return null;
  }
  return {
    title: "Use clear",
    safety: "review",
    changes:
      "the name of the loop gets no value; a subclass's own way to take items out is passed by",
    edits: [{ span, text: `${model.textOf(dict)}.clear()` }],
  };
}
