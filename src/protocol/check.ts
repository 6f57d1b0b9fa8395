import * as v from "valibot";

/** A checked message, or what is wrong with it, in words for a log. */
export type Checked<T> =
  | { readonly kind: "message"; readonly message: T }
  | { readonly kind: "problem"; readonly problem: string };

/** Checks foreign data at the door. Never throws. */
export function check<T>(schema: v.GenericSchema<unknown, T>, data: unknown): Checked<T> {
  const result = v.safeParse(schema, data);
  if (result.success) return { kind: "message", message: result.output };
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  return { kind: "problem", problem: path === null ? issue.message : `${path}: ${issue.message}` };
}
