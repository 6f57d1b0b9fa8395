import type { Argument, Expression } from "#syntax";
import { openedFile } from "./file-type";
import { changingKeywords, functionTypes } from "./function-types";
import { methodTypes } from "./method-types";
import type { InferredType } from "./type-names";

type TypeOf = (expression: Expression) => InferredType | null;

/** What a call of a well-known function gives, by its qualified name; null when not sure. */
export function calledType(
  name: string,
  args: readonly Argument[],
  typeOf: TypeOf,
): InferredType | null {
  const file = openedFile(name, args);
  if (file !== null) return file;
  const type = functionTypes.get(name);
  if (type !== undefined) return isUsual(name, type, args) ? type : null;
  const first = typeAt(args, 0, typeOf);
  if (name === "copy.copy" || name === "copy.deepcopy") return first;
  if (name === "re.sub") return textOnly(typeAt(args, 2, typeOf));
  if (name === "os.path.join") return joinedType(args, typeOf);
  if (pathFunctions.has(name)) return first === "Path" ? "str" : textOnly(first);
  return null;
}

/** What a method of a known type gives. */
export function calledMethodType(
  owner: InferredType,
  method: string,
  args: readonly Argument[],
  typeOf: TypeOf,
): InferredType | null {
  const name = `${owner}.${method}`;
  if (name === "Path.open") return openedFile(name, args);
  if (name === "Pattern.sub") return textOnly(typeAt(args, 1, typeOf));
  const type = methodTypes.get(name);
  return type !== undefined && isUsual(name, type, args) ? type : null;
}

/** Functions that give a path of the kind that they are given. */
const pathFunctions: ReadonlySet<string> = new Set(
  [
    ["abspath", "basename", "dirname", "expanduser", "expandvars", "normcase", "normpath"],
    ["realpath", "relpath"],
  ]
    .flat()
    .map(name => `os.path.${name}`),
);

/** Text and bytes cannot be joined, so that one known part tells of all. */
function joinedType(args: readonly Argument[], typeOf: TypeOf): InferredType | null {
  const types = args.map(({ shape, value }) => (shape === "positional" ? typeOf(value) : null));
  return types.find(type => type === "str" || type === "bytes") ?? null;
}

function textOnly(type: InferredType | null): InferredType | null {
  return type === "str" || type === "bytes" ? type : null;
}

function typeAt(args: readonly Argument[], at: number, typeOf: TypeOf): InferredType | null {
  const before = args.slice(0, at + 1);
  if (before.some(({ shape }) => shape !== "positional")) return null;
  const argument = before[at];
  return argument ? typeOf(argument.value) : null;
}

/** Whether no argument makes the function give something else than it usually does. */
function isUsual(name: string, type: InferredType, args: readonly Argument[]): boolean {
  const keywords = changingKeywords.get(name) ?? changingKeywords.get(type);
  if (!keywords) return true;
  return args.every(each => each.shape !== "doubleStar" && !keywords.has(each.name?.text ?? ""));
}
