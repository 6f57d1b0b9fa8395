import type { Edit } from "#base";
import type { Model } from "#semantics";
import type { Attribute, Call } from "#syntax";

/** Leaves of `x.method()` what the method is called on. */
export function dropMethod(call: Call, { name }: Attribute, model: Model): Edit[] {
  const dot = model.file.text.lastIndexOf(".", name.span.start);
  return [{ span: { start: dot, end: call.span.end }, text: "" }];
}
