import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const roots = ["src/probe", "test/probe", "media/sample"];

/** Texts of the repository's own Python files: real code that no test has to fetch. */
export function pythonFiles(): string[] {
  return roots.flatMap(root =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter(name => name.endsWith(".py"))
      .sort()
      .map(name => readFileSync(join(root, name), "utf8"))
      .filter(text => text.trim() !== ""),
  );
}
