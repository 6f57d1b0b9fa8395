import type { Model } from "#semantics";
import { type Call, enclosingFunction, type Expression, isA } from "#syntax";
import { losesComment } from "../collections/drop-call";
import { importing } from "../importing";
import { indentOf, indentUnit, isAlone } from "../reindent";
import { lastNames } from "../last-names";
import { defineRule, type Fix } from "../rule";
import { plainOpening, type WholeRead, wholeReadOf } from "./whole-read";

/** Functions that hash what they are given. */
const hashes: ReadonlySet<string> = new Set(
  ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384"]
    .concat(["sha3_512", "blake2b", "blake2s", "new"])
    .map(name => `hashlib.${name}`),
);

/** A hash is made of one block after the other; the file need not be there as a whole. */
export const fileHashedWhole = defineRule({
  meta: {
    name: "file-hashed-whole",
    code: "MEM205",
    summary: "A file is read whole only to be hashed",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: ["update", ...lastNames(hashes)],

  *check(call, model) {
    const read = readIn(call, model);
    if (!read) return;
    const isUpdate = isHashUpdate(call, model);
    if (!isUpdate && !isHash(call, model)) return;
    const fix = isUpdate ? updateInBlocks(call, read, model) : useFileDigest(call, read, model);
    yield {
      span: read.call.span,
      message: "The whole file is in memory to be hashed; a hash needs one block of it at a time",
      ...(fix && { fix }),
    };
  },
});

/** The argument that reads a file: of `hashlib.new` it is the second. */
function readIn(call: Call, model: Model): WholeRead | null {
  for (const { value, shape } of call.args.slice(0, 2)) {
    const read = shape === "positional" ? wholeReadOf(value, model) : null;
    if (read && read.method !== "read_text") return read;
  }
  return null;
}

function isHash({ callee }: Call, model: Model): boolean {
  return hashes.has(model.qualifiedName(callee) ?? "");
}

/** `digest.update(…)`, where each value of the name is a hash. */
function isHashUpdate({ callee, args }: Call, model: Model): boolean {
  if (!isA(callee, "Attribute") || callee.name.text !== "update" || args.length !== 1) return false;
  if (!isA(callee.object, "Name")) return false;
  const writes = model.bindingOf(callee.object)?.writes ?? [];
  return (
    writes.length > 0 && writes.every(({ by }) => isA(by, "Assign") && isMade(by.value, model))
  );
}

function isMade(value: Expression, model: Model): boolean {
  return isA(value, "Call") && isHash(value, model);
}

/** `hashlib.file_digest` reads as many bytes as `read`, from where the file stands. */
function useFileDigest(call: Call, { source }: WholeRead, model: Model): Fix | null {
  if (call.args.length !== 1 || !plainOpening(source, model)?.isBinary) return null;
  const minor = model.target?.minor ?? null;
  if (minor !== null && minor < 11) return null;
  const imported = importing("hashlib", "file_digest", call, model);
  if (!imported) return null;
  const text = `${imported.name}(${model.textOf(source)}, ${model.textOf(call.callee)})`;
  const edits = [...imported.edits, { span: call.span, text }];
  if (losesComment(edits, model)) return null;
  const title = "Use `hashlib.file_digest`";
  if (minor !== null) return { title, safety: "safe", edits };
  return { title, safety: "review", changes: "it needs Python 3.11", edits };
}

/** Makes `digest.update(file.read())` a loop over blocks, in a form that all Pythons know. */
function updateInBlocks(call: Call, { source }: WholeRead, model: Model): Fix | null {
  const statement = call.parent;
  if (!isA(statement, "ExpressionStatement") || !isAlone(statement, model)) return null;
  if (!plainOpening(source, model)?.isBinary || !isA(source, "Name")) return null;
  if (!isFree("chunk", call, model)) return null;
  const inner = indentOf(statement, model) + indentUnit(model);
  const text =
    `for chunk in iter(lambda: ${source.text}.read(65536), b""):\n` +
    `${inner}${model.textOf(call.callee)}(chunk)`;
  const edits = [{ span: statement.span, text }];
  if (losesComment(edits, model)) return null;
  return { title: "Read it in blocks", safety: "safe", edits };
}

/** Whether a function could bind a name, and no name of a function around it would be hidden. */
function isFree(name: string, call: Call, model: Model): boolean {
  const home = enclosingFunction(call);
  let scope = isA(home, "FunctionDef") ? model.scopeOpenedBy(home) : null;
  if (!scope) return false;
  for (; scope; scope = scope.parent) if (scope.bindings.has(name)) return false;
  return true;
}
