import type { Expression, Name, Parameter } from "../ast";
import type { BuildContext } from "./context";

/** The parameters in a group of them; the separators `/` and `*` are left out. */
export function parametersOf(context: BuildContext, group: number): Parameter[] {
  const result: Parameter[] = [];
  for (const child of context.childIndices(group)) {
    const parameter = parameterOf(context, child);
    if (parameter) result.push(parameter);
  }
  return result;
}

function parameterOf(context: BuildContext, index: number): Parameter | null {
  switch (context.typeName(index)) {
    case "identifier":
    case "list_splat_pattern":
    case "dictionary_splat_pattern":
      return plain(context, index, index, null, null);
    case "typed_parameter": {
      const [named] = context.childIndices(index);
      const annotation = context.fieldExpression(index, "type");
      return named === undefined ? null : plain(context, index, named, annotation, null);
    }
    case "default_parameter":
    case "typed_default_parameter": {
      const named = context.fieldIndex(index, "name");
      const annotation = context.optionalExpression(index, "type");
      const value = context.fieldExpression(index, "value");
      return plain(context, index, named, annotation, value);
    }
    default:
      return null;
  }
}

function plain(
  context: BuildContext,
  index: number,
  named: number,
  annotation: Expression | null,
  value: Expression | null,
): Parameter | null {
  const [name, shape] = nameAndShape(context, named);
  if (!name) return null;
  const fields = { kind: "Parameter" as const, name, annotation, default: value, shape };
  return context.make<Parameter>(fields, index, [name, annotation, value]);
}

function nameAndShape(
  context: BuildContext,
  index: number,
): readonly [Name | null, Parameter["shape"]] {
  const node = index < 0 ? null : context.built[index];
  const type = index < 0 ? "" : context.typeName(index);
  if (type === "dictionary_splat_pattern")
    return [node?.kind === "Name" ? node : null, "doubleStar"];
  if (node?.kind === "Starred") return [node.value.kind === "Name" ? node.value : null, "star"];
  return [node?.kind === "Name" ? node : null, "plain"];
}
