import type { Model } from "#semantics";
import type { Expression } from "#syntax";

/** Longer expressions would make a message unreadable. */
const longest = 20;

/** An expression in backticks for a message, or other words when it is long. */
export function quoted(expression: Expression, model: Model, otherwise = "the string"): string {
  const text = model.textOf(expression);
  return text.length <= longest && !/[`\n\r]/.test(text) ? `\`${text}\`` : otherwise;
}
