import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks again and again until there is an answer other than null, undefined or false.
 *
 * @throws Error that names what was waited for, after `withinMs`
 */
export async function until<T>(
  what: string,
  ask: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${withinMs} ms`);
    await pause(20);
  }
}
