import type { Model } from "#semantics";
import { type Call, enclosingFunction, isA, type Name } from "#syntax";
import { lastNames } from "../last-names";
import { defineRule, type Problem, type Severity } from "../rule";
import { handlingOf } from "./resource-handling";
import { type Resource, resources } from "./resources";
import { openInWith, wrapInWith } from "./wrap-in-with";

/** Functions that read all of a file and do not keep it. */
const consumers: ReadonlySet<string> = new Set([
  ...["list", "tuple", "set", "sorted", "sum", "len", "max", "min", "dict"].map(
    name => `builtins.${name}`,
  ),
  ...["json.load", "pickle.load", "marshal.load", "tomllib.load", "plistlib.load"],
]);

/** What is open stays open until the last reference goes, unless a `with` or a `finally` closes it. */
export const resourceWithoutWith = defineRule({
  meta: {
    name: "resource-without-with",
    code: "MEM304",
    summary: "File, socket, pool or connection is not closed by a with or a finally",
    severity: "warning",
    gains: ["lifetime"],
    peers: ["SIM115", "R1732", "consider-using-with", "S7515"],
  },
  visits: ["Call"],
  calls: lastNames(resources.keys()),

  *check(call, model) {
    const resource = resources.get(openerOf(call, model));
    if (!resource || isInMemory(call)) return;
    const problem = isDropped(call, resource, model)
      ? problemOfDropped(call, resource, model)
      : problemOfNamed(call, resource, model);
    if (problem) yield problem;
  },
});

/** The qualified name of the function that opens; `Path(name).open()` is `open`. */
function openerOf({ callee }: Call, model: Model): string {
  const isOfPath =
    isA(callee, "Attribute") &&
    callee.name.text === "open" &&
    isA(callee.object, "Call") &&
    model.qualifiedName(callee.object.callee) === "pathlib.Path";
  return isOfPath ? "builtins.open" : (model.qualifiedName(callee) ?? "");
}

/** A database of `":memory:"` is memory only, and goes with its last reference. */
function isInMemory({ args }: Call): boolean {
  const first = args[0]?.value;
  return isA(first, "String") && first.raw === ":memory:";
}

/** Used where it is opened and held by nothing: `open(path).read()`. */
function isDropped(call: Call, { closers }: Resource, model: Model): boolean {
  const holder = call.parent;
  switch (holder?.kind) {
    case "Attribute":
      return !closers.includes(holder.name.text) && !holder.name.text.startsWith("__");
    case "For":
    case "ForClause":
      return holder.iterable === call;
    case "Argument": {
      const outer = holder.parent;
      return isA(outer, "Call") && consumers.has(model.qualifiedName(outer.callee) ?? "");
    }
    default:
      return false;
  }
}

function problemOfDropped(call: Call, resource: Resource, model: Model): Problem {
  const fix = resource.isCostly || resource.endOfWith === null ? null : openInWith(call, model);
  const message = `Only the reference count closes this ${resource.noun}; ${adviceFor(resource)}`;
  return { span: call.span, message, severity: severityOf(resource), ...(fix && { fix }) };
}

function problemOfNamed(call: Call, resource: Resource, model: Model): Problem | null {
  const name = nameOf(call);
  if (!name || enclosingFunction(name)?.kind === "Lambda") return null;
  const handling = handlingOf(name, resource, model);
  if (handling === null) return null;
  const fix = wrapInWith(call, name, { ...handling, resource }, model);
  const place = { span: call.span, ...(fix && { fix }) };
  const [close] = handling.closes;
  if (!close) {
    const message = `Only the reference count closes this ${resource.noun}; ${adviceFor(resource)}`;
    return { ...place, message, severity: severityOf(resource) };
  }
  const message = `An exception before the end leaves this ${resource.noun} open; ${adviceFor(resource)}`;
  const related = [{ span: close.span, message: "Not reached after an exception" }];
  return { ...place, message, severity: resource.isCostly ? "information" : "hint", related };
}

/** The plain name that the call's result is bound to, and nothing else. */
function nameOf(call: Call): Name | null {
  const holder = call.parent;
  if (isA(holder, "AnnotatedAssign")) return isA(holder.target, "Name") ? holder.target : null;
  if (!isA(holder, "Assign") || holder.targets.length > 1) return null;
  const [target] = holder.targets;
  return isA(target, "Name") ? target : null;
}

function adviceFor({ endOfWith }: Resource): string {
  return endOfWith !== null ? "use `with`" : "use `contextlib.closing`";
}

function severityOf({ isCostly }: Resource): Severity {
  return isCostly ? "warning" : "information";
}
