export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A space, a tab or a form feed. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 12;
}

/** Letters beyond ASCII are taken for names; which of them Python admits is not ours to tell. */
export function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
}

export function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}
