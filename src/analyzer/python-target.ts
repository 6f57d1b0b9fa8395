import type { PythonTarget } from "#semantics";

const oldest = 7;
const newest = 14;

/** Versions as configuration writes them: `py37` and later. */
export const targetNames: readonly string[] = Array.from(
  { length: newest - oldest + 1 },
  (_, index) => `py3${oldest + index}`,
);

/** Reads `py39`; null for anything else. */
export function readTarget(name: string): PythonTarget | null {
  return targetNames.includes(name) ? { minor: Number(name.slice("py3".length)) } : null;
}

/** Gives the oldest Python that `requires-python` allows, such as `>=3.9,<4`; null when unsure. */
export function targetFromRequirement(requirement: string): PythonTarget | null {
  const minors = requirement.split(",").flatMap(clause => {
    const match = /^\s*(>=|>|~=|===?)\s*3\.(\d+)/.exec(clause);
    return match ? [Number(match[2])] : [];
  });
  return minors.length === 0 ? null : { minor: Math.max(...minors) };
}
