import type { StoryWorld } from "@ghlkit/app-kit/story";
import type { AppProcess } from "./app-process.ts";
import type { Demo } from "./open-demo.ts";

/** What a story is given. */
export function storyWorld({ platform }: Demo, { url, link }: AppProcess, say: (line: string) => void): StoryWorld {
  const { emulator } = platform;
  const { locationId, tokens } = emulator.seed;
  return {
    emulator,
    url: url(),
    locationId,
    link,
    say,
    async createContact(person) {
      const headers = { authorization: `Bearer ${tokens.location}`, version: "v3", "content-type": "application/json" };
      const answer = await fetch(`${platform.url}/contacts/`, { method: "POST", headers, body: JSON.stringify({ ...person, locationId }) });
      const body = (await answer.json()) as { readonly contact?: { readonly id: string }; readonly meta?: { readonly contactId?: string } };
      const id = body.contact?.id ?? body.meta?.contactId;
      if (id === undefined) throw new Error(`The contact could not be created: ${answer.status}.`);
      return id;
    },
  };
}
