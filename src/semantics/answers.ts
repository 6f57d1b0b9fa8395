/** Answers that are kept as long as what they rest on stays as it is. */
export interface Answers {
  /** @see Model.once */
  readonly once: <T>(about: object, question: string, answer: () => T) => T;
  readonly forget: () => void;
}

export function createAnswers(): Answers {
  const known = new Map<object, Map<string, unknown>>();
  return {
    once<T>(about: object, question: string, answer: () => T): T {
      const there = known.get(about) ?? new Map<string, unknown>();
      known.set(about, there);
      if (!there.has(question)) there.set(question, answer());
      return there.get(question) as T;
    },
    forget() {
      known.clear();
    },
  };
}
