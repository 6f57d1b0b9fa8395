import type { EnvironmentRecord, HelloMessage } from "#profile";
import { readGitState } from "./git-state";
import { readPackages } from "./packages";

/** Finds out what a program runs with, without asking the program. Never rejects. */
export async function readEnvironment(
  { sitePaths, cwd }: Pick<HelloMessage, "sitePaths" | "cwd">,
  signal: AbortSignal,
): Promise<EnvironmentRecord> {
  const [packages, git] = await Promise.all([readPackages(sitePaths), readGitState(cwd, signal)]);
  return { kind: "environment", packages, git };
}
