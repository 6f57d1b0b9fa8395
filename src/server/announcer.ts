import type { Analysis } from "#analyzer";
import { toLanguageFindings } from "./findings";
import type { Program } from "./program";

/**
 * Tells whoever shows findings in its own way which documents' findings are others than before.
 * It does so after the answer to whoever asked for them, who waits for it at each keystroke.
 */
export class Announcer {
  readonly #tell: (uri: string) => void;
  /** What was last told of each open document with findings, as JSON; dropped when it closes. */
  readonly #told = new Map<string, string>();
  /** The newest analysis of each program that waits for its turn. */
  readonly #waiting = new Map<Program, Analysis>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(tell: (uri: string) => void) {
    this.#tell = tell;
  }

  note(program: Program, analysis: Analysis): void {
    this.#waiting.set(program, analysis);
    this.#timer ??= setTimeout(() => this.#flush(), 0);
  }

  /** A closed document has no findings any more. */
  close(uri: string): void {
    if (this.#told.delete(uri)) this.#tell(uri);
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #flush(): void {
    this.#timer = null;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [program, analysis] of waiting) {
      // An edit since then brings an analysis of its own; a closed document brings nothing.
      if (program.analysed?.analysis === analysis) this.#compare(program, analysis);
    }
  }

  #compare(program: Program, analysis: Analysis): void {
    for (const part of program.parts) {
      const { uri } = part;
      const told = JSON.stringify(toLanguageFindings(analysis, program, part));
      if ((this.#told.get(uri) ?? "[]") === told) continue;
      if (told === "[]") this.#told.delete(uri);
      else this.#told.set(uri, told);
      this.#tell(uri);
    }
  }
}
