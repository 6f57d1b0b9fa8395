import { dirname, join } from "node:path";
import type { LanguageRunTarget } from "#protocol";
import type { ModuleName } from "./module-name";

/** What runs tests. */
export type TestFramework = "pytest" | "unittest";

/** The part of a launch configuration that says what runs, where. */
export interface Launch {
  readonly program?: string;
  readonly module?: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files that stepping passes over. */
  readonly rules?: readonly { readonly path: string; readonly include: boolean }[];
}

/** A launch, or why there is none. */
export type LaunchChoice =
  | { readonly kind: "launch"; readonly launch: Launch }
  /** It has parameters that nobody gives a value to. */
  | { readonly kind: "needs"; readonly name: string; readonly needs: readonly string[] }
  /** Only pytest can run it, and the Python does not have it. */
  | { readonly kind: "no-pytest" }
  /** No import could name the file. */
  | { readonly kind: "no-module" };

/** What a target is in, and what runs it. */
export interface TargetPlace {
  readonly file: string;
  readonly module: ModuleName | null;
  /** The workspace's folder around the file. */
  readonly folder: string | null;
  /** The folder with the programs that run something else. */
  readonly runners: string;
  readonly hasPytest: boolean;
  /** How often it runs, each time as a round of a leak hunt; null for once. */
  readonly rounds: number | null;
}

/** What is wanted of a target: of a test of several parameter sets maybe only one. */
export type Wanted = Pick<LanguageRunTarget, "kind" | "path" | "isUnittest" | "needs"> & {
  /** As in `[1-2]`. */
  readonly parameters?: string;
};

/** Chooses how a target of a file runs. */
export function launchTarget(target: Wanted, place: TargetPlace): LaunchChoice {
  const { kind, path, isUnittest, needs } = target;
  if (kind === "main") return launch({ program: place.file, args: [], cwd: cwdOf(place) });
  if (kind === "function") return launchFunction(target, place);
  if (place.hasPytest) {
    const id = [place.file, ...path].join("::") + (target.parameters ?? "");
    return launchTests("pytest", [id], place);
  }
  if (isUnittest) {
    if (!place.module) return { kind: "no-module" };
    return launchTests("unittest", [[place.module.name, ...path].join(".")], place);
  }
  // A test of pytest that takes nothing is a function like any other.
  const isPlain = kind === "test" && path.length === 1 && needs.length === 0;
  return isPlain ? launchFunction(target, place) : { kind: "no-pytest" };
}

/** Chooses how all tests of a file or of a folder run. */
export function launchAllTests(place: TargetPlace, isFolder: boolean): LaunchChoice {
  const { file, module, hasPytest } = place;
  if (hasPytest) return launchTests("pytest", [file], place);
  if (isFolder) {
    if (place.rounds !== null) return { kind: "no-pytest" };
    return launch({ module: "unittest", args: ["discover", "-s", file], cwd: cwdOf(place) });
  }
  return module ? launchTests("unittest", [module.name], place) : { kind: "no-module" };
}

/** Chooses how a module runs. */
export function launchModule(
  name: string,
  module: ModuleName | null,
  place: Pick<TargetPlace, "folder" | "file">,
): Launch {
  return { module: name, args: [], cwd: cwdOf(place), ...importsFrom(module, place) };
}

function launchFunction(
  { path, needs }: Wanted,
  { file, rounds, runners, ...place }: TargetPlace,
): LaunchChoice {
  const name = path.join(".");
  if (needs.length > 0) return { kind: "needs", name, needs };
  const program = join(runners, "run_function.py");
  const args = [file, name, ...(rounds === null ? [] : [String(rounds)])];
  return launch({ program, args, cwd: cwdOf({ file, ...place }), rules: passingOver(program) });
}

function launchTests(
  framework: TestFramework,
  args: readonly string[],
  place: TargetPlace,
): LaunchChoice {
  const { rounds, runners, module } = place;
  const where = {
    cwd: cwdOf(place),
    // pytest finds by itself where to import from.
    ...(framework === "unittest" ? importsFrom(module, place) : {}),
  };
  if (rounds === null) return launch({ module: framework, args, ...where });
  const program = join(runners, "run_tests.py");
  const all = [framework, String(rounds), ...args];
  return launch({ program, args: all, rules: passingOver(program), ...where });
}

function launch(value: Launch): LaunchChoice {
  return { kind: "launch", launch: value };
}

function cwdOf({ folder, file }: Pick<TargetPlace, "folder" | "file">): string {
  return folder ?? dirname(file);
}

/** Programs run in the workspace's folder, and are imported from where their packages begin. */
function importsFrom(
  module: ModuleName | null,
  place: Pick<TargetPlace, "folder" | "file">,
): Pick<Launch, "env"> {
  if (!module || module.root === cwdOf(place)) return {};
  return { env: { PYTHONPATH: module.root } };
}

function passingOver(path: string): NonNullable<Launch["rules"]> {
  return [{ path, include: false }];
}
