// What a measurement came to, in lines for people.
import { formatBytes } from "./sizes.mjs";

/** `✔ rule:17  Python 3.13  7.6 MiB → 520 B`, or with `✖` and a line for each problem below. */
export function describeResult({ page, block, label, measured, problems }) {
  const mark = problems.length > 0 ? "✖" : "✔";
  const sizes = ["bad", "fixed"].map(form => measured && formatBytes(measured[form][block.claim]));
  const figures = measured ? `${block.claim} ${sizes.join(" → ")}` : "not measured";
  const lines = [`${mark} ${page.rule}:${block.line}  ${label}  ${figures}`];
  return [...lines, ...problems.map(problem => `    ${problem}`)].join("\n");
}
