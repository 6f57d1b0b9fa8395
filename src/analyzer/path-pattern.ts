/**
 * Tells whether a pattern names a file or a folder above it. A pattern without `/` speaks of names
 * at any depth, another one of paths from the folder of the configuration.
 *
 * @param path relative, with `/`; what lies outside is matched by its own name only.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const isMatch = pathMatcher([pattern]);
  const parts = path.split("/");
  return parts.some((_, index) => isMatch(parts.slice(0, index + 1).join("/")));
}

/** Gives the test whether one of the patterns names a path itself, whatever stands above it. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const plain = patterns.map(pattern => pattern.replace(/^\.\//, "").replace(/\/+$/, ""));
  const names = expressionOf(plain.filter(pattern => !pattern.includes("/")));
  const paths = expressionOf(plain.filter(pattern => pattern.includes("/")));
  return path => names.test(path.slice(path.lastIndexOf("/") + 1)) || paths.test(path);
}

function expressionOf(patterns: readonly string[]): RegExp {
  // Without patterns it matches nothing.
  if (patterns.length === 0) return /(?!)/;
  return new RegExp(`^(?:${patterns.map(toValidExpression).join("|")})$`, "su");
}

/** What is no pattern, such as `[z-a]`, stands for itself. */
function toValidExpression(pattern: string): string {
  const expression = toExpression(pattern);
  try {
    new RegExp(expression, "su");
    return expression;
  } catch {
    return escape(pattern);
  }
}

/** `*` reaches over folders, as in Ruff's patterns; `?` and `[…]` do not. */
function toExpression(pattern: string): string {
  const tokens = pattern.replace(/^\//, "").match(/\*\*\/|\*+|\?|\[!?\]?[^\]]*\]|\{[^{}]*\}|./gsu);
  return (tokens ?? []).map(toPart).join("");
}

function toPart(token: string): string {
  if (token === "**/") return "(?:.*/)?";
  if (token.startsWith("*")) return ".*";
  if (token === "?") return "[^/]";
  if (/^\[.+\]$/su.test(token)) {
    const isNegated = token[1] === "!";
    const members = token.slice(isNegated ? 2 : 1, -1).replace(/[\\\]^[]/g, "\\$&");
    return `[${isNegated ? "^/" : ""}${members}]`;
  }
  if (/^\{.*\}$/su.test(token)) {
    return `(?:${token.slice(1, -1).split(",").map(toExpression).join("|")})`;
  }
  return escape(token);
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
