import type { Model } from "#semantics";
import { type Call, type ClassDef, type Expression, isA, walk } from "#syntax";
import { defineRule } from "../rule";
import { classOfOwnInstance } from "./own-instance";

/** Methods by which something promises to call back; `connect` is not among them, as it is weak. */
const subscribing: ReadonlySet<string> = new Set([
  ...["Listener", "Observer", "Callback", "Handler", "Subscriber"].flatMap(what => [
    `add_${what.toLowerCase()}`,
    `add${what.toLowerCase()}`,
    `add${what}`,
    `Add${what}`,
  ]),
  "subscribe",
  "Subscribe",
]);

/** What takes a promise back. */
const removing = /^(remove|un(register|subscribe)|delete|discard|detach|disconnect|off$)/;

/** Methods after which an object is done with. */
const closing =
  /^(close|stop|shutdown|dispose|destroy|terminate|cleanup|__exit__|__aexit__|__del__)$/;

/** Who is called back is held by who calls. */
export const listenerNeverRemoved = defineRule({
  meta: {
    name: "listener-never-removed",
    code: "MEM312",
    summary: "Object that can be closed stays registered with something that outlives it",
    severity: "information",
    gains: ["retained", "lifetime"],
  },
  visits: ["Call"],
  calls: ["register", ...subscribing],

  *check(call, model) {
    if (!subscribes(call, model)) return;
    const listener = call.args.find(({ value }) => classOfListener(value, model) !== null);
    const owner = listener && classOfListener(listener.value, model);
    if (!owner || !canBeClosed(owner) || removes(owner)) return;
    yield {
      span: call.span,
      message: "This holds the instance also after it is closed; take it back when closing",
    };
  },
});

/** With something that lives as long as the program: a module, or what a module binds. */
function subscribes({ callee }: Call, model: Model): boolean {
  if (!isA(callee, "Attribute", "Name")) return false;
  if (isA(callee, "Attribute") && subscribing.has(callee.name.text)) {
    return isOfProgram(callee.object, model);
  }
  return model.qualifiedName(callee) === "atexit.register";
}

function isOfProgram(emitter: Expression, model: Model): boolean {
  if (isA(emitter, "Attribute")) return model.qualifiedName(emitter) !== null;
  return isA(emitter, "Name") && model.bindingOf(emitter)?.scope.kind === "module";
}

/** `self.on_change`, whose method holds the instance, or `self`. */
function classOfListener(value: Expression, model: Model): ClassDef | null {
  return classOfOwnInstance(isA(value, "Attribute") ? value.object : value, model);
}

function canBeClosed({ body }: ClassDef): boolean {
  return body.body.some(each => isA(each, "FunctionDef") && closing.test(each.name.text));
}

function removes({ body }: ClassDef): boolean {
  for (const node of walk(body)) {
    const name = isA(node, "Call") ? node.callee : null;
    const last = isA(name, "Attribute") ? name.name : name;
    if (isA(last, "Name") && removing.test(last.text)) return true;
  }
  return false;
}
