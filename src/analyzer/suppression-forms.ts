import type { Comment } from "#syntax";

/** One thing that a comment says about findings. */
export interface CommentForm {
  /** How its codes are read: this tool's own, as `noqa` does (prefixes), or word by word. */
  readonly form: "own" | "noqa" | "exact";
  /**
   * What it speaks of: its line, the next one, the file, or what other linters call disabled: its
   * statement or the rest of its block, until an `end`. `misspelt` comes close to this tool's own form
   * and speaks of nothing.
   */
  readonly scope: "line" | "next" | "file" | "disabled" | "end" | "misspelt";
  /** Upper case; null for all. */
  readonly codes: readonly string[] | null;
  /** Where it stands in the comment; half-open. */
  readonly from: number;
  readonly to: number;
}

interface Pattern {
  readonly form: CommentForm["form"];
  readonly expression: RegExp;
  readonly scopeOf: (match: RegExpExecArray) => CommentForm["scope"];
}

// Comments may be hostile: no two repeats of one expression take the same characters, lists end
// before the next comment starts, and are bounded, since each round of a group takes stack.

// As Ruff reads it: codes are separated by commas or spaces, no colon means all, and a colon without
// a code means nothing.
const noqaCodes = String.raw`(?:\s*:\s*([a-z]+\d+(?:[\s,]+[a-z]+\d+){0,999})|(?!\s*:|\w))`;

const ownCodes = String.raw`mem\d+(?:[\s,]+mem\d+){0,999}(?!\w)`;
const ownForm = String.raw`memory:\s*ignore(?:-file)?(?![\w-])`;

// Forgotten colons, other words and other brackets. A word in brackets may name a rule; in prose,
// only a code shows that more than prose is meant.
const misspelt = [
  String.raw`mem(?:ory)?(?:-insights)?[\s:=-]{0,4}(?:ignor\w*|disable|noqa|suppress)(?:-[\w-]+)?\s*(?:\[\s*([\w-]+(?:[\s,]+[\w-]+){0,999})\s*\]|\(\s*(${ownCodes})\s*\))`,
  String.raw`mem(?:ory)?(?:-insights)?[\s:=-]{0,4}(?:ignore(?:-[\w-]+)?|disable|noqa)\s*(?:[:=]\s*)?(${ownCodes})`,
  String.raw`memory:\s*ignore-(?:next-line|next|line|this|all|files)(?=\s*(?:$|#|--))`,
];

/** The first group that matched holds the codes; without one all are meant. */
const patterns: readonly Pattern[] = [
  {
    form: "own",
    expression: new RegExp(
      String.raw`#\s*${ownForm}(?:\s*\[([^\]#]*)\]?|\s*(?:[:=(]\s*)?(${ownCodes}))?`,
      "gi",
    ),
    scopeOf: ([text]) => (/ignore-file/i.test(text) ? "file" : "line"),
  },
  ...misspelt.map((words): Pattern => ({
    form: "own",
    expression: new RegExp(String.raw`#\s*(?!${ownForm})${words}`, "gi"),
    scopeOf: () => "misspelt",
  })),
  {
    form: "noqa",
    expression: new RegExp(`#\\s*noqa${noqaCodes}`, "gi"),
    scopeOf: () => "line",
  },
  {
    form: "noqa",
    expression: new RegExp(`#\\s*(?:ruff|flake8)\\s*:\\s*noqa${noqaCodes}`, "gi"),
    scopeOf: () => "file",
  },
  {
    form: "noqa",
    expression: /#\s*ruff\s*:\s*(?:disable|enable)\s*\[([^\]#]*)\]/gi,
    scopeOf: ([text]) => (/enable/i.test(text) ? "end" : "disabled"),
  },
  {
    form: "exact",
    expression:
      /#\s*pylint\s*:\s*(?:disable|disable-next|enable)\s*=\s*([\w-]+(?:\s*,\s*[\w-]+){0,999})/gi,
    scopeOf: ([text]) =>
      /disable-next/i.test(text) ? "next" : /enable/i.test(text) ? "end" : "disabled",
  },
  {
    form: "exact",
    expression: /#\s*noinspection\s+(\w+(?:\s*,\s*\w+){0,999})/g,
    scopeOf: () => "next",
  },
];

const anyForm = /mem|noqa|pylint:|ruff:|noinspection/i;

/** More different comments than any file has that are read again and again while it is edited. */
const mostKnown = 1000;

/**
 * What comments say about findings; each text is read once. By its text and not by the comment: in V8
 * a weak map keeps its keys alive until the old space is collected, and a comment its whole file.
 */
export class CommentForms {
  readonly #known = new Map<string, readonly CommentForm[]>();

  /** Gives what a comment says, in the words of this tool and of other linters. */
  of({ text }: Comment): readonly CommentForm[] {
    const known = this.#known.get(text);
    if (known) return known;
    const forms = anyForm.test(text) ? readForms(text) : [];
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(text, forms);
    return forms;
  }
}

function readForms(text: string): readonly CommentForm[] {
  return patterns
    .flatMap(({ form, expression, scopeOf }) =>
      [...text.matchAll(expression)].map((match): CommentForm => {
        const [from, to] = [match.index, match.index + match[0].length];
        const codes = readCodes(match[1] ?? match[2]);
        return { form, scope: scopeOf(match), codes, from, to };
      }),
    )
    .sort((a, b) => a.from - b.from);
}

function readCodes(list: string | undefined): readonly string[] | null {
  if (list === undefined) return null;
  return list
    .split(/[\s,]+/)
    .filter(code => code !== "")
    .map(code => code.toUpperCase());
}
