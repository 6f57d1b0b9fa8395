import type { Model } from "#semantics";
import type { Expression } from "#syntax";

/** Longer expressions would make a message unreadable. */
const longest = 20;

/** An expression in backticks for a message, or `the string` when it is long. */
export function quoted(expression: Expression, model: Model): string {
  const text = model.textOf(expression);
  return text.length <= longest && !/[`\n\r]/.test(text) ? `\`${text}\`` : "the string";
}
