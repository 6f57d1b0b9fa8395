import type { Milliseconds } from "#base";
import type { DeltaMessage } from "#profile";
import type { Mark } from "./recorder";

/** A probe that has to compare two snapshots of a large program takes seconds, not more. */
const answerWithinMs = 15_000;
const mostRememberedTimes = 1_000;

interface Question {
  readonly id: number;
  readonly finish: (delta: DeltaMessage | null) => void;
  wasAsked: boolean;
}

/** Questions to the program and their answers. */
export class Marks {
  readonly #send: (id: number) => void;
  readonly #open = new Map<number, Question>();
  readonly #times = new Map<number, Milliseconds>();
  #nextId = 1;

  constructor(send: (id: number) => void) {
    this.#send = send;
  }

  /**
   * Asks at once when the program is connected, and as soon as it is when it never was:
   * a breakpoint in the first line can come before the probe's greeting.
   */
  create(isConnected: boolean, wasConnected: boolean): Mark {
    const id = this.#nextId++;
    if (!isConnected && wasConnected) return { id, delta: Promise.resolve(null) };
    const delta = new Promise<DeltaMessage | null>(resolve => {
      const timer = setTimeout(() => this.#finish(id, null), answerWithinMs);
      const finish = (answer: DeltaMessage | null): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#open.set(id, { id, finish, wasAsked: false });
    });
    if (isConnected) this.ask();
    return { id, delta };
  }

  /** Sends the questions that wait. */
  ask(): void {
    for (const question of this.#open.values()) {
      if (question.wasAsked) continue;
      question.wasAsked = true;
      this.#send(question.id);
    }
  }

  /** Hands an answer to whoever asked. */
  answer(delta: DeltaMessage): void {
    if (this.#times.size >= mostRememberedTimes) this.#times.clear();
    this.#times.set(delta.id, delta.t);
    this.#finish(delta.id, delta);
  }

  /** When the program answered, on its clock; undefined until it did. */
  timeOf(id: number): Milliseconds | undefined {
    return this.#times.get(id);
  }

  /** The program is gone: nothing will be answered any more. */
  giveUp(): void {
    for (const id of [...this.#open.keys()]) this.#finish(id, null);
  }

  #finish(id: number, delta: DeltaMessage | null): void {
    const question = this.#open.get(id);
    this.#open.delete(id);
    question?.finish(delta);
  }
}
