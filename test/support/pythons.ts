import { execFileSync } from "node:child_process";

/** A Python whose environment has debugpy. */
export interface TestPython {
  readonly version: string;
  /** Path of the interpreter. */
  readonly python: string;
}

/**
 * The Pythons to test with: those that the test script prepared, else the `python3` of the path.
 * Empty when there is none with debugpy.
 */
export function testPythons(): readonly TestPython[] {
  const prepared = process.env["MEMORY_INSIGHTS_PYTHONS"];
  if (prepared) return JSON.parse(prepared) as readonly TestPython[];
  const question = "import debugpy, platform; print(platform.python_version())";
  try {
    const version = execFileSync("python3", ["-c", question], { encoding: "utf8", stdio: "pipe" });
    return [{ version: version.trim(), python: "python3" }];
  } catch {
    return [];
  }
}
