import { systemClock, type Clock } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import type { Journal } from "@ghlkit/storage";

/** How effects of questions are kept. */
export interface OncePerQuestion {
  readonly journal: Journal;
  readonly clock: Clock | undefined;
  readonly repeatMs: number;
}

/** Carries out what a question asks for once, and gives its repetitions the first answer. */
export async function oncePerQuestion(key: string, work: () => Promise<object>, { journal, clock }: OncePerQuestion): Promise<object> {
  const options = { journal, ...(clock !== undefined && { clock }) };
  return (await once<object>(key, work, options)).result;
}

/**
 * As above, for questions that have no id of their own: the same question within `repeatMs` of the end of the last one is a repetition, and later another
 * one. `work` is given the key of its effect.
 */
export async function oncePerMoment(name: string, work: (key: string) => Promise<object>, settings: OncePerQuestion): Promise<object> {
  const { journal, clock = systemClock, repeatMs } = settings;
  for (let count = 1; ; count += 1) {
    const key = `${name}:${count}`;
    const { finishedAt } = (await journal.get(key)) ?? {};
    const isOver = finishedAt !== undefined && clock.now() - finishedAt > repeatMs;
    if (!isOver) return oncePerQuestion(key, () => work(key), settings);
  }
}
