/**
 * Kinds of tokens. Names and literals have one each; keywords and operators one for each spelling,
 * numbered from `firstSpelled` on in the order of `spellings`.
 */
export const endOfFile = 0;
export const newline = 1;
export const indent = 2;
export const dedent = 3;
export const name = 4;
export const number = 5;
export const string = 6;
/** A character that starts no token, such as `?` or `$`. */
export const invalid = 7;
const firstSpelled = 8;

const keywords = [
  "False",
  "None",
  "True",
  "and",
  "as",
  "assert",
  "async",
  "await",
  "break",
  "class",
  "continue",
  "def",
  "del",
  "elif",
  "else",
  "except",
  "finally",
  "for",
  "from",
  "global",
  "if",
  "import",
  "in",
  "is",
  "lambda",
  "nonlocal",
  "not",
  "or",
  "pass",
  "raise",
  "return",
  "try",
  "while",
  "with",
  "yield",
] as const;

const operators = [
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  ";",
  ".",
  "...",
  "->",
  ":=",
  "=",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "<>",
  "+",
  "-",
  "*",
  "/",
  "//",
  "%",
  "@",
  "&",
  "|",
  "^",
  "~",
  "<<",
  ">>",
  "**",
  "+=",
  "-=",
  "*=",
  "/=",
  "//=",
  "%=",
  "@=",
  "&=",
  "|=",
  "^=",
  "<<=",
  ">>=",
  "**=",
  "!",
] as const;

export type Spelling = (typeof keywords)[number] | (typeof operators)[number];

const spellings: readonly Spelling[] = [...keywords, ...operators];
const kinds: ReadonlyMap<string, number> = new Map(
  spellings.map((spelling, i) => [spelling, firstSpelled + i] as const),
);

/** The kind of a keyword or operator. */
export function kindOf(spelling: Spelling): number {
  return kinds.get(spelling) ?? invalid;
}

/** How a keyword or operator is written; empty for the other kinds. */
export function spellingOf(kind: number): string {
  return spellings[kind - firstSpelled] ?? "";
}

/** Tells fast whether a kind is one of some: `table[kind] === 1`. */
export function kindTable(kinds: readonly number[]): Uint8Array {
  const table = new Uint8Array(firstSpelled + spellings.length);
  for (const kind of kinds) table[kind] = 1;
  return table;
}

/** The kind of a word of the text: that of its keyword, else `name`. */
export function kindOfWord(text: string, start: number, end: number): number {
  const length = end - start;
  // Most names are told apart without a copy.
  if (length > longestKeyword || keywordStarts[startOf(text.charCodeAt(start), length)] !== 1) {
    return name;
  }
  return keywordKinds.get(text.slice(start, end)) ?? name;
}

const longestKeyword = 8;
const keywordKinds: ReadonlyMap<string, number> = new Map(
  keywords.map(keyword => [keyword, kindOf(keyword)] as const),
);

/** With which letters keywords of each length begin. */
const keywordStarts = new Uint8Array(startOf(128, 0));
for (const word of keywords) keywordStarts[startOf(word.charCodeAt(0), word.length)] = 1;

function startOf(letter: number, length: number): number {
  return letter * (longestKeyword + 1) + length;
}

/** Kinds by spelling, for the parser to compare with. */
export const is = {
  and: kindOf("and"),
  as: kindOf("as"),
  assert: kindOf("assert"),
  async: kindOf("async"),
  await: kindOf("await"),
  break: kindOf("break"),
  class: kindOf("class"),
  continue: kindOf("continue"),
  def: kindOf("def"),
  del: kindOf("del"),
  elif: kindOf("elif"),
  else: kindOf("else"),
  except: kindOf("except"),
  false: kindOf("False"),
  finally: kindOf("finally"),
  for: kindOf("for"),
  from: kindOf("from"),
  global: kindOf("global"),
  if: kindOf("if"),
  import: kindOf("import"),
  in: kindOf("in"),
  is: kindOf("is"),
  lambda: kindOf("lambda"),
  none: kindOf("None"),
  nonlocal: kindOf("nonlocal"),
  not: kindOf("not"),
  or: kindOf("or"),
  pass: kindOf("pass"),
  raise: kindOf("raise"),
  return: kindOf("return"),
  true: kindOf("True"),
  try: kindOf("try"),
  while: kindOf("while"),
  with: kindOf("with"),
  yield: kindOf("yield"),
  openParen: kindOf("("),
  closeParen: kindOf(")"),
  openBracket: kindOf("["),
  closeBracket: kindOf("]"),
  openBrace: kindOf("{"),
  closeBrace: kindOf("}"),
  comma: kindOf(","),
  colon: kindOf(":"),
  semicolon: kindOf(";"),
  dot: kindOf("."),
  ellipsis: kindOf("..."),
  arrow: kindOf("->"),
  walrus: kindOf(":="),
  equals: kindOf("="),
  star: kindOf("*"),
  doubleStar: kindOf("**"),
  slash: kindOf("/"),
  plus: kindOf("+"),
  minus: kindOf("-"),
  tilde: kindOf("~"),
  at: kindOf("@"),
} as const;

/** `isAssignmentOperator(kind)`: `+=` and its like. */
export function isAugmented(kind: number): boolean {
  return kind >= kindOf("+=") && kind <= kindOf("**=");
}

/** Statements begin with these and expressions never hold them: inside brackets they betray an open one. */
export const statementKeywords: ReadonlySet<number> = new Set(
  (
    [
      "assert",
      "break",
      "class",
      "continue",
      "def",
      "del",
      "except",
      "finally",
      "global",
      "import",
      "nonlocal",
      "pass",
      "raise",
      "return",
      "try",
      "while",
      "with",
    ] as const
  ).map(kindOf),
);
