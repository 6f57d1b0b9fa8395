import type { Edit } from "#base";
import type { Model } from "#semantics";
import { type ClassDef, type Decorator, isA } from "#syntax";
import { defineRule, type Fix } from "../rule";
import {
  assignedAttributes,
  hasOnlyEmptyBases,
  hasSlots,
  hasSubclass,
  isInstanceChanged,
  namesOwnClass,
} from "./class-shape";
import { manyMade } from "./many-made";

/** A dataclass of which many instances are kept gives each of them a `__dict__` that none needs. */
export const dataclassWithoutSlots = defineRule({
  meta: {
    name: "dataclass-without-slots",
    code: "MEM501",
    summary: "Dataclass without slots of which many instances are kept",
    severity: "information",
    gains: ["retained"],
  },
  visits: ["ClassDef"],

  *check(definition, model) {
    const decorator = dataclassDecorator(definition, model);
    if (!decorator || (model.target && model.target.minor < 10)) return;
    if (!hasOnlyEmptyBases(definition, model) || hasSlots(definition)) return;
    const making = manyMade(definition, model);
    if (!making || !canHaveSlots(definition, decorator, model)) return;
    yield {
      span: definition.name.span,
      message: "Many instances are kept, each with room for a `__dict__`; `slots=True` saves it",
      related: [{ span: making.span, message: "Made here in numbers" }],
      allocations: [making.span],
      fix: withSlots(decorator, model),
    };
  },
});

/** The `@dataclass` of a class, where it leaves slots open. */
function dataclassDecorator({ decorators }: ClassDef, model: Model): Decorator | null {
  const found = decorators.find(({ expression }) => {
    const callee = isA(expression, "Call") ? expression.callee : expression;
    return model.qualifiedName(callee) === "dataclasses.dataclass";
  });
  const args = isA(found?.expression, "Call") ? found.expression.args : [];
  const isOpen = args.every(({ shape, name }) => shape === "keyword" && name?.text !== "slots");
  return found && isOpen ? found : null;
}

/** Whether nothing in the file shows that instances need their `__dict__`, or the class its name. */
function canHaveSlots(definition: ClassDef, dataclass: Decorator, model: Model): boolean {
  if (definition.decorators.some(each => each !== dataclass && !isHarmless(each, model)))
    return false;
  if (hasSubclass(definition, model) || namesOwnClass(definition, model)) return false;
  const fields = fieldsOf(definition);
  const assigned = assignedAttributes(definition, model);
  if (!assigned || [...assigned].some(name => !fields.has(name))) return false;
  return !isInstanceChanged(definition, fields, model);
}

function isHarmless({ expression }: Decorator, model: Model): boolean {
  return ["functools.total_ordering", "typing.final"].includes(
    model.qualifiedName(expression) ?? "",
  );
}

function fieldsOf({ body }: ClassDef): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of body.body) {
    if (isA(statement, "AnnotatedAssign") && isA(statement.target, "Name")) {
      names.add(statement.target.text);
    }
  }
  return names;
}

function withSlots({ expression }: Decorator, model: Model): Fix {
  const needed = model.target ? "" : "needs Python 3.10; ";
  return {
    title: "Add slots=True",
    safety: "review",
    changes: `${needed}instances take no other attributes and no weak references`,
    edits: [slotsEdit(expression)],
  };
}

function slotsEdit(decorator: Decorator["expression"]): Edit {
  if (!isA(decorator, "Call")) {
    const at = decorator.span.end;
    return { span: { start: at, end: at }, text: "(slots=True)" };
  }
  const last = decorator.args.at(-1);
  const at = last?.span.end ?? decorator.close.start;
  return { span: { start: at, end: at }, text: last ? ", slots=True" : "slots=True" };
}
