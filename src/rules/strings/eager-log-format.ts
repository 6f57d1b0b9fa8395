import type { Edit } from "#base";
import type { Model } from "#semantics";
import { type Binary, type Call, type Expression, isA } from "#syntax";
import { valueBoundOnce } from "../collections/value-bound-once";
import { losesComment } from "../collections/drop-call";
import { defineRule, type Fix } from "../rule";

/** A message that is put together before it is logged is made also where nobody logs it. */
export const eagerLogFormat = defineRule({
  meta: {
    name: "eager-log-format",
    code: "MEM210",
    summary: "Message for debugging is put together also where it is not logged",
    severity: "hint",
    isDefault: false,
    gains: ["time", "copies"],
    peers: [
      ...["G001", "G002", "G003", "G004", "W1201", "W1202", "W1203", "logging-string-format"],
      ...["logging-not-lazy", "logging-format-interpolation", "logging-fstring-interpolation"],
    ],
  },
  visits: ["Call"],
  calls: ["debug", "info"],

  *check(call, model) {
    const { callee, args } = call;
    if (!isA(callee, "Attribute") || !/^(debug|info)$/.test(callee.name.text)) return;
    const message = args[0]?.shape === "positional" ? args[0].value : null;
    if (!message || !isPutTogether(message) || !isLogger(callee.object, model)) return;
    // What is added to is a format then, and the logger puts it together.
    const isFormat = isA(message, "Binary") && message.operator === "+";
    if (isFormat && args.some(each => each.value !== message && each.shape !== "keyword")) return;
    const fix = isA(message, "Binary") ? passArguments(call, message, model) : null;
    yield {
      span: message.span,
      message: "This string is made even where nobody logs it; as arguments it is made when needed",
      ...(fix && { fix }),
    };
  },
});

/** An f-string, `"…" % x`, `"…".format(x)` or `"…" + x`. */
function isPutTogether(message: Expression): boolean {
  if (isA(message, "String")) return message.interpolations.length > 0;
  if (isA(message, "Binary")) {
    return "%+".includes(message.operator) && isText(message.left) && !isText(message.right);
  }
  if (!isA(message, "Call") || !isA(message.callee, "Attribute")) return false;
  return message.callee.name.text === "format" && isText(message.callee.object);
}

function isText(value: Expression): boolean {
  return isA(value, "String") && !value.isBytes;
}

/** The module `logging`, a logger of it, or what is called one. */
function isLogger(owner: Expression, model: Model): boolean {
  if (model.qualifiedName(owner) === "logging") return true;
  const made = isA(owner, "Name") ? valueBoundOnce(owner, model) : owner;
  if (isA(made, "Call") && model.qualifiedName(made.callee) === "logging.getLogger") return true;
  if (!isA(owner, "Name", "Attribute")) return false;
  return /^_*(log|logger)$/i.test(isA(owner, "Name") ? owner.text : owner.name.text);
}

/** `"…" % (a, b)` becomes `"…", a, b`; null where the one value might be a tuple or a dict. */
function passArguments(call: Call, { operator, left, right }: Binary, model: Model): Fix | null {
  if (operator !== "%" || !isA(right, "Tuple") || call.args.some(isMore)) return null;
  const [first] = right.elements;
  const last = right.elements.at(-1);
  const isGrouped = model.file.text[right.span.start] === "(";
  if (!first || !last || !isGrouped || right.elements.some(each => each.kind === "Starred")) {
    return null;
  }
  const edits: Edit[] = [
    { span: { start: left.span.end, end: first.span.start }, text: ", " },
    { span: { start: last.span.end, end: right.span.end }, text: "" },
  ];
  if (losesComment(edits, model)) return null;
  const changes = "an error in the format is printed, not raised";
  return { title: "Pass them as arguments", safety: "review", changes, edits };

  function isMore({ shape, value }: Call["args"][number]): boolean {
    return shape !== "keyword" && value.kind !== "Binary";
  }
}
