import type {
  Assign,
  AugmentedAssign,
  Break,
  Continue,
  Expression,
  ExpressionStatement,
  Global,
  Name,
  Nonlocal,
  Pass,
  Raise,
  Return,
  Statement,
  TypeAlias,
} from "../ast";
import * as token from "../lexer/token";
import { is, isAugmented } from "../lexer/token";
import { expression, expressionList, startsExpression } from "./expressions";
import { importFrom, importNames } from "./imports";
import { adopt, none, type ParserState, present, unknown } from "./state";
import { typeParameters } from "./type-parameters";

/** Reads one statement without a block; what follows it up to the line's end is the caller's. */
export function simpleStatement(state: ParserState): Statement {
  switch (state.kind) {
    case is.return:
      return returned(state);
    case is.raise:
      return raised(state);
    case is.import:
      return importNames(state);
    case is.from:
      return importFrom(state);
    case is.pass:
      return keyword(state, "Pass");
    case is.break:
      return keyword(state, "Break");
    case is.continue:
      return keyword(state, "Continue");
    case is.del:
      return deleted(state);
    case is.assert:
      return asserted(state);
    case is.global:
      return declared(state, "Global");
    case is.nonlocal:
      return declared(state, "Nonlocal");
    default:
      if (isTypeAlias(state)) return typeAlias(state);
      return startsExpression(state.kind) ? assignmentOrExpression(state) : nothing(state);
  }
}

/** A token that begins no statement: read over, with the rest of the line. */
function nothing(state: ParserState): Statement {
  const { start } = state;
  state.fail();
  state.advance();
  return unknown(state.spanFrom(start), none, true);
}

function keyword(state: ParserState, kind: "Pass" | "Break" | "Continue"): Statement {
  const span = state.tokenSpan(state.at);
  state.advance();
  const node: Pass | Break | Continue = {
    kind,
    span,
    parent: null,
    children: none,
    isBroken: false,
  };
  return node;
}

function returned(state: ParserState): Return {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const value = startsExpression(state.kind) ? expressionList(state) : null;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({ kind: "Return", span, parent: null, children: present(value), isBroken, value });
}

function raised(state: ParserState): Raise {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const exception = startsExpression(state.kind) ? expressionList(state) : null;
  const cause = state.eat(is.from) ? expression(state) : null;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = present(exception, cause);
  return adopt({ kind: "Raise", span, parent: null, children, isBroken, exception, cause });
}

function deleted(state: ParserState): Statement {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const value = startsExpression(state.kind) ? expressionList(state) : state.missing();
  // `del a, b` names two targets; `del (a, b)` one that is a tuple.
  const isBare = value.kind === "Tuple" && state.text.charAt(value.span.start) !== "(";
  const targets = isBare ? value.elements : [value];
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({ kind: "Delete", span, parent: null, children: targets, isBroken, targets });
}

function asserted(state: ParserState): Statement {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const test = expression(state);
  const message = state.eat(is.comma) ? expression(state) : null;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = present(test, message);
  return adopt({ kind: "Assert", span, parent: null, children, isBroken, test, message });
}

function declared(state: ParserState, kind: "Global" | "Nonlocal"): Statement {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const names: Name[] = [];
  do names.push(state.name());
  while (state.eat(is.comma));
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const node: Global | Nonlocal = { kind, span, parent: null, children: names, isBroken, names };
  return adopt(node);
}

/** `type` is a name everywhere but before a name at the start of a statement. */
function isTypeAlias(state: ParserState): boolean {
  return (
    state.kind === token.name && state.kindAt(1) === token.name && state.tokenText() === "type"
  );
}

function typeAlias(state: ParserState): TypeAlias {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const name = state.name();
  const types = typeParameters(state);
  const value = state.expect(is.equals) ? expression(state) : state.missing();
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({
    kind: "TypeAlias",
    span,
    parent: null,
    children: present(name, types, value),
    isBroken,
    name,
    typeParameters: types,
    value,
  });
}

function assignmentOrExpression(state: ParserState): Statement {
  const { start } = state;
  const errors = state.errorCount;
  const first = expressionList(state);
  if (state.kind === is.equals) return assignment(state, start, errors, first);
  if (state.kind === is.colon) return annotatedAssignment(state, start, errors, first);
  if (isAugmented(state.kind)) return augmentedAssignment(state, start, errors, first);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const node: ExpressionStatement = {
    kind: "ExpressionStatement",
    span,
    parent: null,
    children: [first],
    isBroken,
    value: first,
  };
  return adopt(node);
}

function assignment(state: ParserState, start: number, errors: number, first: Expression): Assign {
  const values = [first];
  while (state.eat(is.equals)) {
    values.push(startsExpression(state.kind) ? expressionList(state) : state.missing());
  }
  const value = values.at(-1) ?? first;
  return adopt({
    kind: "Assign",
    span: state.spanFrom(start),
    parent: null,
    children: values,
    isBroken: state.errorCount > errors,
    targets: values.slice(0, -1),
    value,
  });
}

function annotatedAssignment(
  state: ParserState,
  start: number,
  errors: number,
  target: Expression,
): Statement {
  state.advance();
  const annotation = startsExpression(state.kind) ? expression(state) : state.missing();
  const hasValue = state.eat(is.equals);
  const value = !hasValue
    ? null
    : startsExpression(state.kind)
      ? expressionList(state)
      : state.missing();
  return adopt({
    kind: "AnnotatedAssign",
    span: state.spanFrom(start),
    parent: null,
    children: present(target, annotation, value),
    isBroken: state.errorCount > errors,
    target,
    annotation,
    value,
  });
}

function augmentedAssignment(
  state: ParserState,
  start: number,
  errors: number,
  target: Expression,
): AugmentedAssign {
  const operator = state.tokenText();
  state.advance();
  const value = startsExpression(state.kind) ? expressionList(state) : state.missing();
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = [target, value];
  return adopt({
    kind: "AugmentedAssign",
    span,
    parent: null,
    children,
    isBroken,
    target,
    operator,
    value,
  });
}
