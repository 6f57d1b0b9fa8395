import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import Ajv from "ajv";
import addFormats from "ajv-formats";

/**
 * Reads the official JSON schema of SARIF 2.1.0. No package has it as a file; this one has it within
 * its bundle, between two marks, as a literal.
 */
function readSarifSchema(): object {
  const bundle = readFileSync(require.resolve("@datadog/datadog-ci-plugin-sarif"), "utf8");
  const region = /\/\/#region \S*sarif-schema-2\.1\.0\.json\n([^]*?)\n\/\/#endregion/.exec(bundle);
  const literal = region?.[1]?.replace(/^[^]*?sarif_schema\w* = /, "");
  if (literal === undefined) throw new Error("the package has no SARIF schema any more");
  // The literal is data; it is made plain, since another context has another `Object`.
  const text: unknown = runInNewContext(`JSON.stringify(${literal.replace(/;\s*$/, "")})`);
  const schema: unknown = JSON.parse(String(text));
  if (typeof schema !== "object" || schema === null) throw new Error("the schema is no object");
  return schema;
}

/** Gives what is wrong with a SARIF log; empty when it keeps to the schema. */
export function sarifProblems(log: unknown): readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(readSarifSchema());
  if (validate(log)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? ""}`,
  );
}
