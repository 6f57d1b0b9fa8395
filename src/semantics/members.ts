import {
  type Attribute,
  type ClassDef,
  enclosingClass,
  type Expression,
  type FunctionDef,
  isA,
  type Name,
} from "#syntax";
import type { Model } from "./model";
import type { TypeName } from "./types";

/**
 * The type that a class's own code gives an attribute of its instances: `str` for `self.text` when
 * the class assigns it a string and nothing known to be of another type. Values of which nothing is
 * known, and `None`, are passed over. Null when the owner is not the instance of a class around it.
 */
export function memberType(attribute: Attribute, model: Model): TypeName | null {
  const owner = attribute.object.kind === "Name" ? instanceClass(attribute.object, model) : null;
  if (!owner) return null;
  let agreed: TypeName | null = null;
  for (const value of memberValues(owner, attribute.name.text, model)) {
    const type = model.typeOf(value);
    if (type === null || type === "None") continue;
    if (agreed !== null && type !== agreed) return null;
    agreed = type;
  }
  return agreed;
}

/** The class of which a name is an instance: that of the method whose first parameter it is. */
export function instanceClass(name: Name, model: Model): ClassDef | null {
  const binding = model.bindingOf(name);
  const method = binding?.scope.node;
  if (!isA(method, "FunctionDef")) return null;
  const first = method.parameters[0];
  const [only, ...others] = binding?.writes ?? [];
  if (!first || others.length > 0 || only?.node !== first.name) return null;
  return isStatic(method, model) ? null : enclosingClass(method);
}

function isStatic(method: FunctionDef, model: Model): boolean {
  return method.decorators.some(each => model.builtinName(each.expression) === "staticmethod");
}

/** The values that a class's body and its methods assign to a member. */
function* memberValues(owner: ClassDef, member: string, model: Model): Generator<Expression> {
  const inBody = model.scopeOpenedBy(owner)?.bindings.get(member)?.writes ?? [];
  const targets = [...inBody.map(({ node }) => node), ...model.attributesNamed(member)];
  for (const target of targets) {
    const statement = target.parent;
    if (!isA(statement, "Assign", "AnnotatedAssign") || !statement.value) continue;
    if (statement.value !== target && isMember(target, owner, model)) yield statement.value;
  }
}

function isMember(target: Expression, owner: ClassDef, model: Model): boolean {
  if (isA(target, "Name")) return true;
  if (!isA(target, "Attribute") || !isA(target.object, "Name")) return false;
  return instanceClass(target.object, model) === owner;
}
