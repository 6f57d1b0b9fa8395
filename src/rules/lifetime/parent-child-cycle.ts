import { contains } from "#base";
import { type Model, valueUse } from "#semantics";
import {
  type Assign,
  type Attribute,
  type Call,
  type ClassDef,
  enclosingFunction,
  type Expression,
  type FunctionDef,
  isA,
  type Name,
  type Parameter,
} from "#syntax";
import { defineRule } from "../rule";
import { withBases } from "./class-caches";
import { classOfOwnInstance } from "./own-instance";

const adders: ReadonlySet<string> = new Set(["add", "append", "appendleft", "insert"]);

/** Two objects that hold each other are not freed by their reference counts. */
export const parentChildCycle = defineRule({
  meta: {
    name: "parent-child-cycle",
    code: "MEM311",
    summary: "Parent and child hold each other, so that only the cyclic collector frees them",
    severity: "hint",
    gains: ["retained", "lifetime"],
  },
  visits: ["Assign", "Call"],
  calls: [...adders],
  concerns: keeping => keeping.kind === "Call" || keepsCall(keeping),

  *check(keeping, model) {
    for (const call of keptCalls(keeping)) {
      const child = model.definitionOf(call.callee);
      if (!isA(child, "ClassDef")) continue;
      const given = call.args.findIndex(
        ({ shape, value }) => shape === "positional" && classOfOwnInstance(value, model) !== null,
      );
      const self = call.args[given]?.value;
      if (!isA(self, "Name")) continue;
      const holder = holderOf(call, self, model);
      const link = holder && linkOf(child, given, model);
      const parent = classOfOwnInstance(self, model);
      if (!link || !parent || isOpened([holder, link], [child, parent], model)) continue;
      yield {
        span: call.span,
        message:
          "Parent and child hold each other until the collector runs; hold the parent weakly",
        related: [{ span: link.span, message: "The child holds its parent here" }],
      };
    }
  },
});

/** `self.child = Child(…)`. */
function keepsCall({ targets, value }: Assign): boolean {
  return isA(value, "Call") && isA(value.callee, "Name") && targets.some(isMember);
}

/** The calls of plain names, given a plain name, whose results a member is given to keep. */
function keptCalls(keeping: Assign | Call): readonly Call[] {
  return keptBy(keeping)
    .filter(each => isA(each, "Call"))
    .filter(
      ({ callee, args }) => isA(callee, "Name") && args.some(each => isA(each.value, "Name")),
    );
}

function keptBy(keeping: Assign | Call): readonly Expression[] {
  if (keeping.kind === "Assign") return keeping.targets.some(isMember) ? [keeping.value] : [];
  const { callee, args } = keeping;
  return isA(callee, "Attribute") && isMember(callee.object) ? args.map(({ value }) => value) : [];
}

function isMember(target: Expression): boolean {
  return isA(isA(target, "Subscript") ? target.object : target, "Attribute");
}

/** `self.child = Child(self)`, `self.children[key] = …`, `self.children.append(…)`. */
function holderOf(call: Call, self: Name, model: Model): Attribute | null {
  const user = call.parent;
  if (isA(user, "Assign") && user.value === call) {
    for (const target of user.targets) {
      const member = memberOf(target, self, model);
      if (member) return member;
    }
    return null;
  }
  const adding = isA(user, "Argument") ? user.parent : null;
  if (!isA(adding, "Call") || !isA(adding.callee, "Attribute")) return null;
  return adders.has(adding.callee.name.text) ? memberOf(adding.callee.object, self, model) : null;
}

function memberOf(target: Expression, self: Name, model: Model): Attribute | null {
  const member = isA(target, "Subscript") ? target.object : target;
  if (!isA(member, "Attribute") || !isA(member.object, "Name")) return null;
  return model.bindingOf(member.object) === model.bindingOf(self) ? member : null;
}

/** The attribute in which a new instance keeps its argument as it is; null where it does not. */
function linkOf(child: ClassDef, argument: number, model: Model): Attribute | null {
  const init = initOf(child, model);
  const parameter = init?.parameters[argument + 1];
  if (!init || parameter?.shape !== "plain") return null;
  for (const statement of init.body.body) {
    if (!isA(statement, "Assign") || !isParameter(statement.value, parameter, model)) continue;
    const target = statement.targets.find(each => isA(each, "Attribute"));
    if (isA(target, "Attribute") && classOfOwnInstance(target.object, model)) return target;
  }
  return null;
}

function isParameter(value: Expression, { name }: Parameter, model: Model): boolean {
  return isA(value, "Name") && model.bindingOf(value) === model.bindingOf(name);
}

function initOf(child: ClassDef, model: Model): FunctionDef | null {
  for (const each of withBases(child, model)) {
    for (const member of each.body.body) {
      if (isA(member, "FunctionDef") && member.name.text === "__init__") return member;
    }
  }
  return null;
}

/** Whether anything in the two classes ends a link: `self.parent = None`, `self.children.clear()`. */
function isOpened(
  links: readonly Attribute[],
  classes: readonly ClassDef[],
  model: Model,
): boolean {
  for (const each of classes) {
    for (const node of links.flatMap(({ name }) => model.attributesNamed(name.text))) {
      if (!contains(each.body.span, node.span) || links.includes(node)) continue;
      if (ends(node, model)) return true;
    }
  }
  return false;
}

function ends(link: Attribute, model: Model): boolean {
  const home = enclosingFunction(link);
  if (isA(home, "FunctionDef") && home.name.text === "__init__") return false;
  const { kind } = valueUse(link, model);
  return kind === "rebound" || kind === "shrunk";
}
