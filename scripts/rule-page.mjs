// What a reader of a rule's page sees. The pages in src are tests too: this takes out what only the
// tests read, and says of each block of Python what it is.

const labels = {
  good: "Not reported:",
  "fixed safe": "After, by a safe fix:",
  "fixed review": "After, by a fix to review:",
};

/** Gives a page as people read it: Markdown whose blocks are plain Python, each with a label. */
export function readablePage(markdown) {
  const code = /^# .*\((\w+)\)/.exec(markdown)?.[1] ?? "";
  const lines = markdown.split("\n");
  const result = [];
  let kind = null;
  let block = [];
  lines.forEach((line, index) => {
    if (kind !== null && line.startsWith("```")) {
      result.push(...withoutMarkers(block, code), line);
      kind = null;
    } else if (kind !== null) {
      block.push(line);
    } else if (line.startsWith("```python")) {
      kind = line.slice("```python".length).trim();
      block = [];
      const label = kind === "bad" ? labelOfBad(lines.slice(index)) : labels[kind];
      result.push(...(label ? [`*${label}*`, ""] : []), "```python");
    } else {
      result.push(line);
    }
  });
  return result.join("\n");
}

/** A block that is reported comes before its fixed form, or stands alone. */
function labelOfBad(lines) {
  const end = lines.findIndex(line => line === "```");
  const next = lines.slice(end + 1).find(line => line.trim() !== "");
  return next?.startsWith("```python fixed") ? "Before:" : "Reported:";
}

/**
 * Takes out the lines that mark findings. Where a block has other lines too, the lines that are
 * reported end with the code of the rule instead.
 */
function withoutMarkers(block, code) {
  const isMarker = (line = "") => /^\s*#(?:\s*\^|<)(?: .*)?$/.test(line);
  const lines = block.flatMap((line, index) =>
    isMarker(line) ? [] : [{ line, isReported: isMarker(block[index + 1]) }],
  );
  const hasOthers = lines.some(({ line, isReported }) => line.trim() !== "" && !isReported);
  return lines.map(({ line, isReported }) =>
    isReported && hasOthers ? `${line}  # ← ${code}` : line,
  );
}
