import type { Milliseconds } from "#base";
import type { DeltaMessage } from "#profile";
import type { Mark } from "./recorder";

/** A probe that has to compare two snapshots of a large program takes seconds, not more. */
const answerWithinMs = 15_000;
/** A process that has not connected by then is one without a probe. */
const reachedWithinMs = 5_000;
const mostRememberedTimes = 1_000;

interface Question {
  readonly id: number;
  /** The process that is meant; null for the program itself while nobody knows its number. */
  readonly pid: number | null;
  readonly finish: (delta: DeltaMessage | null) => void;
  /** The process that was asked; null while that is not there. */
  askedPid: number | null;
}

/** Sends a question; gives the process that it went to, null while that is not there. */
type Send = (question: Pick<Question, "id" | "pid">) => number | null;

/** Questions to the processes of a program, and their answers. */
export class Marks {
  readonly #send: Send;
  readonly #open = new Map<number, Question>();
  readonly #times = new Map<number, Milliseconds>();
  #nextId = 1;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Asks a process at once when it is connected, and else as soon as it is:
   * a breakpoint in the first line can come before the probe's greeting.
   */
  create(pid: number | null): Mark {
    const id = this.#nextId++;
    const askedPid = this.#send({ id, pid });
    const waitMs = askedPid === null ? reachedWithinMs : answerWithinMs;
    const delta = new Promise<DeltaMessage | null>(resolve => {
      const timer = setTimeout(() => this.#finish(id, null), waitMs);
      const finish = (answer: DeltaMessage | null): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#open.set(id, { id, pid, finish, askedPid });
    });
    return { id, delta };
  }

  /** A question that nobody is there to answer. */
  unanswered(): Mark {
    return { id: this.#nextId++, delta: Promise.resolve(null) };
  }

  /** Sends the questions that wait. */
  ask(): void {
    for (const question of this.#open.values()) question.askedPid ??= this.#send(question);
  }

  /** Hands the answer of a process to whoever asked it. */
  answer(delta: DeltaMessage, pid: number): void {
    if (this.#open.get(delta.id)?.askedPid !== pid) return;
    if (this.#times.size >= mostRememberedTimes) this.#times.clear();
    this.#times.set(delta.id, delta.t);
    this.#finish(delta.id, delta);
  }

  /** When the process answered, on its clock; undefined until it did. */
  timeOf(id: number): Milliseconds | undefined {
    return this.#times.get(id);
  }

  /** A process is gone, or all are: nothing will be answered any more. */
  giveUp(pid?: number): void {
    for (const { id, askedPid } of [...this.#open.values()]) {
      if (pid === undefined || askedPid === pid) this.#finish(id, null);
    }
  }

  #finish(id: number, delta: DeltaMessage | null): void {
    const question = this.#open.get(id);
    this.#open.delete(id);
    question?.finish(delta);
  }
}
