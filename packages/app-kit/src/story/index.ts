import type { Emulator } from "@ghlkit/emulator";

/** Where a story is played: an application on an emulator. */
export interface StoryWorld {
  readonly emulator: Emulator;
  readonly url: string;
  readonly locationId: string;
  /** A link that signs in one person. */
  readonly link: () => Promise<string>;
  /** A person who is in HighLevel already. @returns the id of the contact */
  readonly createContact: (person: Readonly<Record<"firstName" | "lastName" | "email" | "phone", string>>) => Promise<string>;
  /** One sentence of what happened. */
  readonly say: (line: string) => void;
}

/** What an application shows from its beginning to its end, played without a browser. Throws when it does not come to that end. */
export type Story = (world: StoryWorld) => Promise<void>;

/** Someone at a page, without a browser: reads its state, and sends what its forms send. */
export interface Person {
  readonly state: <State>(path?: string) => Promise<State>;
  /** @throws PageError with the sentence that the page would show. */
  readonly send: <Result>(path: string, body: object, key?: string) => Promise<Result>;
  /** Reads the state until it is as wanted. @throws Error after 30 s. */
  readonly until: <State>(isSo: (state: State) => boolean, path?: string) => Promise<State>;
}

/** The sentence that a page shows in place of what was asked for. */
export class PageError extends Error {
  override readonly name = "PageError";
  /** The same may be sent again. */
  readonly retry: boolean;

  constructor(message: string, retry: boolean) {
    super(message);
    this.retry = retry;
  }
}

interface Boot {
  readonly state: unknown;
  readonly csrf: string;
}

/** Opens a page by a link, or as a visitor by its path. */
export async function openPerson(url: string, at: string): Promise<Person> {
  const entered = await fetch(new URL(at, url), { redirect: "manual", headers: { accept: "application/json" } });
  const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const home = entered.status === 303 ? "/" : at;
  let csrf = "";
  const read = async <State>(path = home): Promise<State> => {
    const answer = await fetch(new URL(path, url), { headers: { cookie, accept: "application/json" } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    const boot = (await answer.json()) as Boot;
    csrf = boot.csrf;
    return boot.state as State;
  };
  await read();
  return {
    state: read,
    async send<Result>(path: string, body: object, key: string = crypto.randomUUID()) {
      const headers = { cookie, "content-type": "application/json", "x-csrf": csrf, "x-form-key": key };
      const answer = await fetch(new URL(path, url), { method: "POST", headers, body: JSON.stringify(body) });
      const result = (await answer.json()) as { readonly ok: boolean; readonly message?: string; readonly retry?: boolean };
      if (!result.ok) throw new PageError(result.message ?? `${path}: ${answer.status}`, result.retry ?? false);
      return result as Result;
    },
    async until<State>(isSo: (state: State) => boolean, path?: string) {
      for (let waited = 0; ; waited += 100) {
        const state = await read<State>(path);
        if (isSo(state)) return state;
        if (waited > 30_000) throw new Error(`${path ?? home} did not come to show what was waited for.`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}
