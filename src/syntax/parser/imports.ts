import type { Import, ImportAlias, ImportFrom } from "../ast";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { adopt, type ParserState } from "./state";

export function importNames(state: ParserState): Import {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const names: ImportAlias[] = [];
  do names.push(importAlias(state));
  while (state.eat(is.comma));
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({ kind: "Import", span, parent: null, children: names, isBroken, names });
}

/** `a.b.c as d`; binds `d`, or else `a`. */
function importAlias(state: ParserState): ImportAlias {
  const { start } = state;
  const errors = state.errorCount;
  const first = state.name();
  let name = first.text;
  while (state.eat(is.dot)) name += `.${state.name().text}`;
  const hasAlias = state.eat(is.as);
  const binds = hasAlias ? state.name() : first;
  return adopt({
    kind: "ImportAlias",
    span: state.spanFrom(start),
    parent: null,
    children: [binds],
    isBroken: state.errorCount > errors,
    name,
    binds,
    hasAlias,
  });
}

export function importFrom(state: ParserState): ImportFrom {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  let level = 0;
  while (state.kind === is.dot || state.kind === is.ellipsis) {
    level += state.kind === is.dot ? 1 : 3;
    state.advance();
  }
  let module = "";
  if (state.kind === token.name) {
    module = state.name().text;
    while (state.eat(is.dot)) module += `.${state.name().text}`;
  } else if (level === 0) state.fail();
  state.expect(is.import);
  const isStar = state.eat(is.star);
  const names = isStar ? [] : importedNames(state);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const fields = { module, level, names, isStar };
  return adopt({ kind: "ImportFrom", span, parent: null, children: names, isBroken, ...fields });
}

function importedNames(state: ParserState): ImportAlias[] {
  const names: ImportAlias[] = [];
  const isBracketed = state.eat(is.openParen);
  while (state.kind === token.name) {
    names.push(importAlias(state));
    if (!state.eat(is.comma)) break;
  }
  if (names.length === 0) state.fail();
  if (isBracketed) state.expect(is.closeParen);
  return names;
}
