import { builtinModules } from "node:module";
import { posix } from "node:path";
import ts from "typescript";
import { type Layer, layerTable, otherFolders } from "./layer-table";

/** One import, export-from, `import()` or `require()` of a file. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Lists what a TypeScript text imports, in source order. */
export function importsOf(text: string): readonly Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const one = importAt(node);
    if (one) found.push(one);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("any.tsx", text, ts.ScriptTarget.Latest));
  return found;
}

/**
 * `import { type A } from` counts as a value import: with verbatimModuleSyntax it still loads the
 * module when the program runs. Only `import type` and `export type` do not.
 */
function importAt(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) {
    return at(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  }
  if (ts.isExportDeclaration(node)) return at(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return at(node.argument.literal, true);
  }
  return ts.isCallExpression(node) && isLoader(node.expression)
    ? at(node.arguments[0], false)
    : undefined;
}

function at(specifier: ts.Node | undefined, typeOnly: boolean): Import | undefined {
  return specifier && ts.isStringLiteralLike(specifier)
    ? { specifier: specifier.text, typeOnly }
    : undefined;
}

function isLoader(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(callee) && callee.text === "require")
  );
}

/**
 * Names what a file breaks of the layer law, one sentence each.
 *
 * @param file path below `src` with forward slashes, such as `rules/memory/x.ts`
 */
export function problemsOf(file: string, imports: readonly Import[]): readonly string[] {
  const name = file.split("/")[0] ?? "";
  const layer = layerTable[name];
  if (!file.includes("/") || !layer) {
    return [`\`${file}\` lies in no declared layer; allowed: ${layerNames()}`];
  }
  return imports.flatMap(one => problemOf(file, name, layer, one) ?? []);
}

function problemOf(file: string, name: string, layer: Layer, one: Import): string | undefined {
  const { specifier } = one;
  if (/(^|\/)main(\.node|\.web|\.worker)?(\.ts)?$/.test(specifier)) {
    return `\`${file}\` imports \`${specifier}\`; nobody imports a main`;
  }
  if (specifier.startsWith(".")) return relativeProblem(file, name, specifier);
  if (specifier.startsWith("#")) return layerProblem(file, name, layer, one);
  return packageProblem(file, name, layer, specifier);
}

function relativeProblem(file: string, name: string, specifier: string): string | undefined {
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  if (target === name || target.startsWith(`${name}/`)) return undefined;
  return `\`${file}\` leaves its layer by \`${specifier}\`; use the other layer's door, such as #base`;
}

function layerProblem(file: string, name: string, layer: Layer, one: Import): string | undefined {
  const other = one.specifier.slice(1);
  if (other.includes("/")) {
    return `\`${file}\` reaches into \`${one.specifier}\`; a layer's only door is #${other.split("/")[0] ?? ""}`;
  }
  if (layer.layers.includes(other)) return undefined;
  if (layer.typesOf?.includes(other)) {
    return one.typeOnly
      ? undefined
      : `\`${file}\` may import only types of \`#${other}\`; use \`import type\``;
  }
  return refused(file, name, layer, one.specifier);
}

function packageProblem(
  file: string,
  name: string,
  layer: Layer,
  specifier: string,
): string | undefined {
  if (isNodeModule(specifier))
    return mayUseNode(file, layer) ? undefined : refused(file, name, layer, specifier);
  const parts = specifier.split("/");
  const packageName = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return layer.packages?.includes(packageName) ? undefined : refused(file, name, layer, specifier);
}

function isNodeModule(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

function mayUseNode(file: string, { node = false }: Layer): boolean {
  return typeof node === "boolean" ? node : node.test(posix.basename(file));
}

function refused(file: string, name: string, layer: Layer, specifier: string): string {
  const types = layer.typesOf?.map(other => `types of #${other}`) ?? [];
  const allowed = [...layer.layers.map(other => `#${other}`), ...types, ...(layer.packages ?? [])];
  if (layer.node) allowed.push(layer.node === true ? "Node" : `Node in ${layer.node.source}`);
  return `\`${name}\` may not import \`${specifier}\` (${file}); allowed: ${allowed.join(", ") || "nothing"}`;
}

/** Names folders of `src` that the table does not know, and table entries without a folder. */
export function folderProblems(folders: readonly string[]): readonly string[] {
  return folders
    .filter(folder => !(folder in layerTable) && !otherFolders.includes(folder))
    .map(folder => `\`src/${folder}\` is not declared; add it to the layer table with a decision`);
}

/** Finds a way from a layer back to itself; such as `["rules", "evidence", "rules"]`. */
export function cycleIn(table: Readonly<Record<string, Layer>>): readonly string[] | undefined {
  const visit = (path: readonly string[]): readonly string[] | undefined => {
    const last = path.at(-1) ?? "";
    if (path.indexOf(last) < path.length - 1) return path;
    const next = [...(table[last]?.layers ?? []), ...(table[last]?.typesOf ?? [])];
    for (const other of next) {
      const cycle = visit([...path, other]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  for (const name of Object.keys(table)) {
    const cycle = visit([name]);
    if (cycle) return cycle;
  }
  return undefined;
}

function layerNames(): string {
  return Object.keys(layerTable).join(", ");
}
