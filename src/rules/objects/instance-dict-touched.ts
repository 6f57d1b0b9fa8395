import { instanceClass, type Model } from "#semantics";
import {
  type Assign,
  type Call,
  type ClassDef,
  enclosingFunction,
  type Expression,
  type ExpressionStatement,
  type FunctionDef,
  isA,
} from "#syntax";
import { defineRule } from "../rule";
import { hasOnlyEmptyBases, hasSlots } from "./class-shape";
import { manyMade } from "./many-made";
import { setAttributes } from "./set-attributes";

/** A constructor that fills `__dict__` itself gives each instance a dictionary of its own. */
export const instanceDictTouched = defineRule({
  meta: {
    name: "instance-dict-touched",
    code: "MEM506",
    summary: "Constructor fills the instance's dict itself, so that it cannot share its keys",
    severity: "hint",
    gains: ["retained"],
  },
  visits: ["Assign", "ExpressionStatement"],
  concerns: mayTouch,

  *check(statement, model) {
    const touched = touchedDict(statement, model);
    if (!touched) return;
    const { definition, method } = touched;
    if (hasSlots(definition) || !hasOnlyEmptyBases(definition, model)) return;
    // Who defines how attributes are set goes round it here on purpose.
    if (model.scopeOpenedBy(definition)?.bindings.has("__setattr__")) return;
    const making = manyMade(definition, model);
    const fix = setAttributes(statement, touched.owner, method, model);
    yield {
      span: touched.dict.span,
      message:
        "Each instance gets a dict of its own here; attributes set one by one share its keys",
      ...(making && {
        severity: "information" as const,
        related: [{ span: making.span, message: "Made here in numbers" }],
      }),
      ...(fix && { fix }),
    };
  },
});

function mayTouch(statement: Assign | ExpressionStatement): boolean {
  if (statement.kind === "ExpressionStatement") return isA(statement.value, "Call");
  const [target] = statement.targets;
  return isA(target, "Attribute") && target.name.text === "__dict__";
}

interface TouchedDict {
  /** `self.__dict__` or `vars(self)`. */
  readonly dict: Expression;
  /** `self`. */
  readonly owner: Expression;
  readonly definition: ClassDef;
  readonly method: FunctionDef;
}

function touchedDict(statement: Assign | ExpressionStatement, model: Model): TouchedDict | null {
  const dict = isA(statement, "Assign") ? replacedDict(statement, model) : updatedDict(statement);
  const owner = dict ? ownerOf(dict, model) : null;
  if (!dict || !isA(owner, "Name")) return null;
  const method = enclosingFunction(statement);
  if (!isA(method, "FunctionDef") || method.name.text !== "__init__") return null;
  if (statement.parent !== method.body) return null;
  const definition = instanceClass(owner, model);
  return definition && method.parent?.parent === definition
    ? { dict, owner, definition, method }
    : null;
}

/** `self.__dict__ = new`; a dict that all instances share is left alone. */
function replacedDict({ targets, value }: Assign, model: Model): Expression | null {
  const [target, second] = targets;
  if (!target || second) return null;
  if (!isA(target, "Attribute") || target.name.text !== "__dict__") return null;
  return isNewDict(value, model) ? target : null;
}

function isNewDict(value: Expression, model: Model): boolean {
  if (isA(value, "Dict", "DictComprehension")) return true;
  if (isA(value, "Call")) {
    const name = model.qualifiedName(value.callee);
    if (name === "builtins.dict" || name === "builtins.locals") return true;
    return isA(value.callee, "Attribute") && value.callee.name.text === "copy";
  }
  if (!isA(value, "Name")) return false;
  const writes = model.bindingOf(value)?.writes ?? [];
  const by = writes.length === 1 ? writes[0]?.by : null;
  return isA(by, "Parameter") && by.shape === "doubleStar";
}

/** `self.__dict__.update(…)`. */
function updatedDict({ value }: ExpressionStatement): Expression | null {
  if (!isA(value, "Call") || !isA(value.callee, "Attribute")) return null;
  return value.callee.name.text === "update" ? value.callee.object : null;
}

function ownerOf(dict: Expression, model: Model): Expression | null {
  if (isA(dict, "Attribute")) return dict.name.text === "__dict__" ? dict.object : null;
  return isA(dict, "Call") ? ownerOfVars(dict, model) : null;
}

function ownerOfVars({ callee, args }: Call, model: Model): Expression | null {
  const [only, second] = args;
  if (model.builtinName(callee) !== "vars" || second) return null;
  return only?.value ?? null;
}
