// What must be true of the figures of a measure block.
import { formatBytes } from "./sizes.mjs";

const leastGain = 0.9;
const tolerance = 0.25;
const toleranceBytes = 64 * 1024;

/**
 * Says what is wrong with one measurement, in sentences: `fixed` must be at most 0.9 of `bad` where
 * the page claims that, and the page's row, if it has one for this Python, within 25 % or 64 KiB of
 * what was measured.
 */
export function problemsOf({ claim, rows }, python, measured, { mustGain }) {
  const bad = measured.bad[claim];
  const fixed = measured.fixed[claim];
  const problems = [];
  if (mustGain && fixed > leastGain * bad) {
    const sizes = `${formatBytes(bad)} before, ${formatBytes(fixed)} after`;
    problems.push(`no gain in ${claim} bytes: ${sizes}`);
  }
  if (!rows || rows.size === 0) return [...problems, "the page has no figures"];
  const written = rows.get(python);
  if (!written) return problems;
  for (const [form, bytes] of [
    ["bad", bad],
    ["fixed", fixed],
  ]) {
    if (isNear(written[form], bytes)) continue;
    const said = `${formatBytes(written[form])} in the page, ${formatBytes(bytes)} measured`;
    problems.push(`${claim} of ${form}: ${said}`);
  }
  return problems;
}

function isNear(written, measured) {
  const difference = Math.abs(written - measured);
  return difference <= toleranceBytes || difference <= tolerance * measured;
}
