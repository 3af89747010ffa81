import { openPerson, PageError, type Person } from "@ghlkit/app-kit/story";

/** Someone at a page who tries again, as the page asks for: the same form with the same key. */
export type PatientPerson = Pick<Person, "state" | "send">;

const patienceMs = 300_000;
const pauseMs = 250;

/** @param at Link or path of a page; a new one for each try. */
export async function openPatientPerson(url: () => string, at: () => Promise<string>): Promise<PatientPerson> {
  const person = await again(async () => openPerson(url(), await at()));
  return {
    state: (path) => again(() => person.state(path)),
    send: (path, body, key = crypto.randomUUID()) => again(() => person.send(path, body, key)),
  };
}

/** @throws PageError for what is not to be tried again; the last error after five minutes. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const begun = performance.now(); ;) {
    try {
      return await work();
    } catch (error) {
      const isFinal = error instanceof PageError && !error.retry;
      if (isFinal || performance.now() - begun > patienceMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
