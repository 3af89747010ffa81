import type { Emulator } from "@ghlkit/emulator";

/** A record as the platform has it, in as much as it matters here. */
export interface PlatformRecord {
  readonly kind: "contact" | "opportunity";
  readonly id: string;
  readonly name: string;
}

/** A person who works in the platform itself. */
export interface PlatformUser {
  readonly createContact: (firstName: string) => Promise<string>;
  readonly renameContact: (id: string, firstName: string) => Promise<void>;
  readonly deleteContact: (id: string) => Promise<void>;
  readonly createOpportunity: (contactId: string, name: string) => Promise<string>;
  readonly renameOpportunity: (id: string, name: string) => Promise<void>;
  readonly deleteOpportunity: (id: string) => Promise<void>;
  readonly sendMessage: (contactId: string, message: string) => Promise<void>;
  /** All contacts and opportunities. */
  readonly everything: () => Promise<readonly PlatformRecord[]>;
}

// Answers are read by hand: the client under test has no part in what it is compared with.
type Body = Readonly<Record<string, unknown>>;

export function createPlatformUser(emulator: Emulator): PlatformUser {
  const { locationId, pipelineId, stageIds, tokens } = emulator.seed;
  let phones = 0;
  const call = async (method: string, path: string, body?: Body): Promise<Body> => {
    const headers = { authorization: `Bearer ${tokens.location}`, version: "2021-07-28", "content-type": "application/json" };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await emulator.fetch(new Request(`http://127.0.0.1${path}`, init));
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  const idOf = (body: Body, name: string): string => String((body[name] as Body)["id"]);
  return {
    createContact: async (firstName) => {
      phones += 1;
      const phone = `+1202${5_000_000 + phones}`;
      return idOf(await call("POST", "/contacts/", { locationId, firstName, phone }), "contact");
    },
    renameContact: async (id, firstName) => void (await call("PUT", `/contacts/${id}`, { firstName })),
    deleteContact: async (id) => void (await call("DELETE", `/contacts/${id}`)),
    createOpportunity: async (contactId, name) => {
      const fields = { locationId, pipelineId, pipelineStageId: stageIds[0], name, status: "open", contactId };
      return idOf(await call("POST", "/opportunities/", fields), "opportunity");
    },
    renameOpportunity: async (id, name) => void (await call("PUT", `/opportunities/${id}`, { name })),
    deleteOpportunity: async (id) => void (await call("DELETE", `/opportunities/${id}`)),
    sendMessage: async (contactId, message) => void (await call("POST", "/conversations/messages", { type: "SMS", contactId, message })),
    everything: async () => [
      ...(await pages(
        async (page) => (await call("POST", "/contacts/search", { locationId, page, pageLimit: 500 }))["contacts"] as readonly Body[],
      ).then((records) => records.map(({ id, firstName }) => ({ kind: "contact" as const, id: String(id), name: String(firstName) })))),
      ...(await pages(
        async (page) =>
          (await call("GET", `/opportunities/search?location_id=${locationId}&limit=100&page=${page}`))["opportunities"] as readonly Body[],
      ).then((records) => records.map(({ id, name }) => ({ kind: "opportunity" as const, id: String(id), name: String(name) })))),
    ],
  };
}

async function pages(read: (page: number) => Promise<readonly Body[]>): Promise<readonly Body[]> {
  const all: Body[] = [];
  for (let page = 1; ; page += 1) {
    const records = await read(page);
    if (records.length === 0) return all;
    all.push(...records);
  }
}
