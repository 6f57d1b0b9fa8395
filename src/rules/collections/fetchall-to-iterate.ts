import { instanceClass, type Model } from "#semantics";
import { type Expression, isA, type Node } from "#syntax";
import { defineRule } from "../rule";
import { isUsedBy } from "../strings/open-file";
import { whileLooped } from "./consumption";
import { losesComment } from "./drop-call";
import { dropMethod } from "./drop-method";

/** A loop over `fetchall` holds an object for every row of the result while it needs one. */
export const fetchallToIterate = defineRule({
  meta: {
    name: "fetchall-to-iterate",
    code: "MEM117",
    summary: "All rows of a query are made before the loop looks at the first",
    severity: "information",
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: ["fetchall"],

  *check(call, model) {
    const { callee } = call;
    if (!isA(callee, "Attribute") || callee.name.text !== "fetchall" || call.args.length > 0)
      return;
    // A class that fetches its own rows need not be iterable.
    if (isA(callee.object, "Name") && instanceClass(callee.object, model)) return;
    const parts = whileLooped(call, model);
    const owner = ownerOf(callee.object);
    // A cursor or connection that runs another query drops the rows that are left.
    if (!parts || parts.some(part => isUsedBy(part, owner, model))) return;
    if (keepsRows(call.parent, model)) return;

    const edits = dropMethod(call, callee, model);
    yield {
      span: call.span,
      message:
        "`fetchall` makes an object of every row; most cursors make one at a time when iterated",
      ...(!losesComment(edits, model) && {
        fix: {
          title: "Iterate the cursor",
          safety: "review",
          changes:
            "rows are fetched while the loop runs; the driver must let its cursors be iterated",
          edits,
        },
      }),
    };
  },
});

/** What the rows come from: `db` for `db.cursor().execute(query).fetchall()`. */
function ownerOf(cursor: Expression): Expression {
  let owner = cursor;
  while (isA(owner, "Call") && isA(owner.callee, "Attribute")) owner = owner.callee.object;
  return owner;
}

/** Whether a comprehension puts the rows as they are into what it makes: they are all kept anyway. */
function keepsRows(clause: Node | null, model: Model): boolean {
  if (!isA(clause, "ForClause") || !isA(clause.target, "Name")) return false;
  const made = clause.parent;
  if (!isA(made, "ListComprehension", "SetComprehension", "DictComprehension")) return false;
  const row = clause.target;
  const elements = made.kind === "DictComprehension" ? [made.key, made.value] : [made.element];
  return elements
    .flatMap(element => keptBy(element, model))
    .some(value => isA(value, "Name") && value.text === row.text);
}

/** What an element may hold on to. A builtin makes something else of its arguments. */
function keptBy(element: Expression, model: Model): readonly Expression[] {
  if (isA(element, "Tuple", "List")) return element.elements;
  if (!isA(element, "Call")) return [element];
  if (model.builtinName(element.callee) !== null) return [];
  return element.args.filter(({ shape }) => shape === "positional").map(({ value }) => value);
}
