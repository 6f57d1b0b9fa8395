import { readFileSync } from "node:fs";
import { createParser, type Parser } from "#syntax";

/** Loads the parser from the packages that the build copies it from. */
export function loadParser(): Promise<Parser> {
  return createParser({
    parser: readFileSync("node_modules/web-tree-sitter/web-tree-sitter.wasm"),
    language: readFileSync("node_modules/tree-sitter-python/tree-sitter-python.wasm"),
  });
}
