/**
 * Why nothing is reported of a file: it holds no code that runs, Python 2, the code of a template
 * before it is filled in, code that a program wrote, or a notebook of another language.
 */
export type PassedOver = "stub" | "python2" | "template" | "generated" | "foreign";

/** How each of them is called. */
export const passedOverNames: Readonly<Record<PassedOver, string>> = {
  stub: "stub file",
  python2: "Python 2",
  template: "template",
  generated: "generated code",
  foreign: "notebook of another language",
};

/** Tells by its name and its first lines whether a file is to be passed over; null otherwise. */
export function passedOverByHead(fileName: string, text: string): PassedOver | null {
  if (/\.pyi$/i.test(fileName)) return "stub";
  const head = headOf(text);
  if (/^\ufeff?#!.*\bpython2(?:\.\d)?\b/.test(head)) return "python2";
  return generatedMark.test(head) ? "generated" : null;
}

/** Tells why a text that is not valid Python 3 is none; null when it is simply broken. */
export function passedOverBroken(text: string): PassedOver | null {
  if (templateMark.test(text)) return "template";
  return pythonTwoMarks.some(mark => mark.test(text)) ? "python2" : null;
}

const generatedMark =
  /@generated\b|\bDO NOT (?:EDIT|MODIFY)\b|^\ufeff?#.*\b(?:auto-?)?generated (?:by|from|with|using)\b/im;

/** A tag of Jinja or Django that stands outside of strings as far as a line can tell. */
const templateMark =
  /^[ \t]*\{%-?[ \t]*\w[^%\n]*%\}|^[^"'#\n]*\{\{-?[ \t]*[\w.]+[ \t]*(?:\|[^}\n]*)?-?\}\}/m;

/** What Python 3 cannot read and Python 2 could. */
const pythonTwoMarks: readonly RegExp[] = [
  /^[ \t]*print[ \t]+(?:>>|["'\w%])/m,
  /^[ \t]*except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:/m,
  /^[ \t]*raise[ \t]+[\w.]+[ \t]*,/m,
  /^[ \t]*exec[ \t]+["'\w]/m,
  /\w[ \t]*<>[ \t]*\w/,
];

/** How much of a text tells whether it is to be passed over by its head. */
export const headLength = 4000;

/** The lines before the first code, at most twenty. */
function headOf(text: string): string {
  const lines = text.slice(0, headLength).split(/\r\n|[\r\n]/, 20);
  const first = lines.findIndex(line => !/^\ufeff?\s*(?:#|$)/.test(line));
  return lines.slice(0, first < 0 ? lines.length : first).join("\n");
}
