import { readFileSync } from "node:fs";
import {
  type Analyzer,
  type AnalyzerSettings,
  createAnalyzer,
  defaultSettings,
  type LocatedFinding,
} from "#analyzer";
import { createParser, type Parser } from "#syntax";

/** The parser's files as the packages ship them. */
function parserFiles() {
  const read = (path: string) => readFileSync(`node_modules/${path}`);
  return {
    parser: read("web-tree-sitter/web-tree-sitter.wasm"),
    language: read("tree-sitter-python/tree-sitter-python.wasm"),
  };
}

/** Opens an analyzer for a test file; whoever opens it disposes it. */
export function openAnalyzer(): Promise<Analyzer> {
  return createAnalyzer(parserFiles());
}

/** Opens a bare parser, for what the analyzer does to one file. */
export function openParser(): Promise<Parser> {
  return createParser(parserFiles());
}

/** Default settings with some changed. */
export function settingsWith(changed: Partial<AnalyzerSettings>): AnalyzerSettings {
  return { ...defaultSettings, ...changed };
}

/** Findings as `code line:column`, from 1, to be compared at a glance. */
export function places(text: string, findings: readonly LocatedFinding[]): readonly string[] {
  return findings.map(({ code, span }) => {
    const before = text.slice(0, span.start).split("\n");
    return `${code} ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  });
}
