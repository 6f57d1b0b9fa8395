/** Where a page expects a finding: 0-based line and column of its start. */
export interface Marker {
  readonly line: number;
  readonly column: number;
  /** Null where the page leaves the message out. */
  readonly message: string | null;
}

/** Python of a page, without the lines that mark findings. */
export interface Sample {
  readonly text: string;
  /** Sorted by place. */
  readonly markers: readonly Marker[];
}

/** One Python block of a page, with the fixed form that follows it. */
export interface PageCase extends Sample {
  /** 1-based line of the page on which the block opens. */
  readonly pageLine: number;
  readonly kind: "bad" | "good";
  readonly fixed: (Sample & { readonly safety: "safe" | "review" }) | null;
}

/** A program of a page that proves what it claims; `npm run measure` runs it. */
export interface MeasureBlock {
  /** 1-based line of the page on which the block opens. */
  readonly pageLine: number;
  readonly claim: "peak" | "retained";
  readonly text: string;
}

/** A rule's page as its tests see it. */
export interface RulePage {
  /** The first line, without its `# `. */
  readonly title: string;
  readonly cases: readonly PageCase[];
  readonly measures: readonly MeasureBlock[];
  /** What the page says that no test would read; empty in a good page. */
  readonly problems: readonly string[];
}

interface Block {
  readonly pageLine: number;
  readonly info: string;
  readonly lines: readonly string[];
}

/** Reads a page. Never throws; returns the problems. */
export function readRulePage(markdown: string): RulePage {
  const cases: PageCase[] = [];
  const measures: MeasureBlock[] = [];
  const problems: string[] = [];
  let isFixable = false;
  for (const { pageLine, info, lines } of pythonBlocks(markdown)) {
    const sample = readSample(lines);
    const last = cases.at(-1);
    if (info === "bad" || info === "good") {
      cases.push({ ...sample, pageLine, kind: info, fixed: null });
    } else if ((info === "fixed safe" || info === "fixed review") && isFixable && last) {
      const safety = info === "fixed safe" ? "safe" : "review";
      cases[cases.length - 1] = { ...last, fixed: { ...sample, safety } };
    } else if (measurePattern.test(info)) {
      const claim = info.startsWith("measure peak") ? "peak" : "retained";
      measures.push({ pageLine, claim, text: lines.join("\n") });
    } else {
      problems.push(`line ${pageLine}: a block "python ${info}" does not belong here`);
    }
    isFixable = info === "bad";
  }
  const title = (markdown.split("\n")[0] ?? "").replace(/^# /, "");
  return { title, cases, measures, problems };
}

const measurePattern = /^measure (peak|retained)( needs( \w+)+)?$/;

function pythonBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { pageLine: number; info: string; lines: string[] } | null = null;
  markdown.split(/\r?\n/).forEach((line, index) => {
    if (open && line.startsWith("```")) {
      blocks.push(open);
      open = null;
    } else if (open) {
      open.lines.push(line);
    } else if (line.startsWith("```python")) {
      open = { pageLine: index + 1, info: line.slice("```python".length).trim(), lines: [] };
    }
  });
  return blocks;
}

/**
 * `#     ^ message` marks the column of a finding that starts in the code line above it; `#< message`
 * marks the column of the `#` itself, for what starts where a line does.
 */
function readSample(lines: readonly string[]): Sample {
  const code: string[] = [];
  const markers: Marker[] = [];
  for (const line of lines) {
    const match = /^\s*#(?:\s*\^|<)(?: (.*))?$/.exec(line);
    if (!match) {
      code.push(line);
      continue;
    }
    const message = match[1]?.trim() ?? null;
    markers.push({ line: code.length - 1, column: line.search(/\^|#</), message });
  }
  markers.sort((a, b) => a.line - b.line || a.column - b.column);
  return { text: code.map(line => `${line}\n`).join(""), markers };
}
