import { instanceClass, isSameExpression, type Model } from "#semantics";
import {
  type Attribute,
  type Call,
  enclosingLoop,
  type Expression,
  isA,
  type Name,
  type Node,
  walk,
} from "#syntax";
import { lastNames } from "../last-names";
import { defineRule } from "../rule";

/** Queues between a writer and a reader; those with an order of their own are most often a heap. */
const queues: ReadonlySet<string> = new Set([
  "asyncio.Queue",
  "multiprocessing.JoinableQueue",
  "multiprocessing.Queue",
  "queue.Queue",
]);

/** A queue without a limit holds all that the reader has not come to yet. */
export const unboundedQueue = defineRule({
  meta: {
    name: "unbounded-queue",
    code: "MEM314",
    summary: "Queue that a loop fills has no limit",
    severity: "information",
    isDefault: false,
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: lastNames(queues),

  *check(call, model) {
    if (!queues.has(model.qualifiedName(call.callee) ?? "") || isLimited(call)) return;
    const holder = call.parent;
    const target = isA(holder, "Assign") && holder.targets.length === 1 ? holder.targets[0] : null;
    const put = target && putInLoop(target, model);
    if (!put) return;
    yield {
      span: call.span,
      message:
        "All that waits in this queue is in memory; with a `maxsize` the writer waits instead",
      related: [{ span: put.span, message: "This loop fills it" }],
      allocations: [put.span],
    };
  },
});

/** `Queue(10)` or `Queue(maxsize=n)`; nought means no limit. */
function isLimited({ args }: Call): boolean {
  return args.some(({ value }) => !(isA(value, "Number") && Number(value.text) === 0));
}

/** A call that puts into the queue from a loop; null where there is none, or its size is looked at. */
function putInLoop(queue: Expression, model: Model): Call | null {
  let found: Call | null = null;
  for (const use of usesOf(queue, model)) {
    const member = use.parent;
    if (!isA(member, "Attribute") || member.object !== use) continue;
    const method = member.name.text;
    if (method === "qsize" || method === "full") return null;
    const call = member.parent;
    if (!isA(call, "Call") || (method !== "put" && method !== "put_nowait")) continue;
    if (enclosingLoop(call)) found ??= call;
  }
  return found;
}

/** Where a queue is used: a name's references, or an attribute in the class of its instance. */
function usesOf(queue: Expression, model: Model): readonly Node[] {
  if (isA(queue, "Name")) return model.bindingOf(queue)?.references.map(({ node }) => node) ?? [];
  if (!isA(queue, "Attribute") || !isA(queue.object, "Name")) return [];
  const owner = instanceClass(queue.object, model);
  if (!owner) return [];
  return [...walk(owner.body)].filter(
    (node): node is Attribute & { readonly object: Name } =>
      isA(node, "Attribute") && isSameExpression(node, queue),
  );
}
