import { isDeepStrictEqual } from "node:util";
import { HighLevel } from "@gohighlevel/api-client";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createContacts, type EnsureResult } from "@ghlkit/crm/contacts";
import { privateIntegration } from "@ghlkit/auth";
import { createClient, type LocationClient } from "@ghlkit/client";
import { measure, type Measure } from "../measure.ts";
import { createLeadSet, type BenchLead, type LeadSet } from "./lead-set.ts";

const count = 10_000;

/** What a program says became of a lead. */
type Said =
  | { readonly outcome: "created" | "rejected" }
  | { readonly outcome: "existing"; readonly contactId: string }
  | { readonly outcome: "conflict"; readonly byEmail: string | undefined; readonly byPhone: string | undefined };

interface Figures {
  readonly callsPerLead: number;
  /** Tags, phones and e-mails of the contacts that were there before. */
  readonly lost: number;
  readonly wrong: number;
}

/** Calls per lead, what is lost and what is said wrongly: the helper's strategies, and a straightforward program on the official client. */
export async function ensureLeads(): Promise<readonly Measure[]> {
  const refusing = await run({ allowDuplicates: false }, careful);
  const taking = await run({ allowDuplicates: true }, careful);
  const oneCall = await run({ allowDuplicates: false }, (location) => {
    const contacts = createContacts(location);
    return async (lead) => said(await contacts.ensure(personOf(lead), { strategy: "oneCall" }));
  });
  const official = await run({ allowDuplicates: false }, officialProgram);
  const name = `${count.toLocaleString("en-US")} leads, 10 % duplicates, 10 % conflicts, 10 % bad input`;
  const other = "@gohighlevel/api-client";
  return [
    measure(
      `${name}, careful, duplicates refused: calls per lead`,
      refusing.callsPerLead,
      "calls",
      { atMost: 1.5 },
      { [other]: official.callsPerLead },
    ),
    measure(`${name}, careful, duplicates taken: calls per lead`, taking.callsPerLead, "calls", { atMost: 2.5 }),
    measure(`${name}, oneCall: calls per lead`, oneCall.callsPerLead, "calls", { atMost: 1 }, { [other]: official.callsPerLead }),
    measure(
      `${name}, careful: tags, phones and e-mails lost`,
      refusing.lost + taking.lost,
      "values",
      { atMost: 0 },
      { [other]: official.lost, oneCall: oneCall.lost },
    ),
    measure(
      `${name}, careful: wrong outcomes`,
      refusing.wrong + taking.wrong,
      "leads",
      { atMost: 0 },
      { [other]: official.wrong, oneCall: oneCall.wrong },
    ),
  ];
}

interface Target {
  readonly emulator: Emulator;
  readonly url: string;
  /** Calls so far. */
  readonly add: () => void;
}

type Program = (location: LocationClient, target: Target) => (lead: BenchLead) => Promise<Said>;

async function run(options: { readonly allowDuplicates: boolean }, program: Program): Promise<Figures> {
  const emulator = createEmulator({ ...options, enforceBurstLimit: false, enforceDailyQuota: false, journalSize: 0 });
  const server = await emulator.listen();
  let calls = 0;
  const add = (): void => void (calls += 1);
  const location = boundTo(emulator, add);
  try {
    const set = await createLeadSet(location, count);
    calls = 0;
    const work = program(location, { emulator, url: server.url, add });
    let wrong = 0;
    for (const lead of set.leads) if (!isDeepStrictEqual(await work(lead), lead.expected)) wrong += 1;
    const callsPerLead = calls / set.leads.length;
    return { callsPerLead, lost: await lost(set, location), wrong };
  } finally {
    await server.close();
  }
}

function boundTo(emulator: Emulator, add: () => void): LocationClient {
  const { locationId, tokens } = emulator.seed;
  const credentials = privateIntegration({ token: tokens.location, location: locationId });
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    add();
    return emulator.fetch(input, init);
  };
  return createClient({ baseUrl: "https://emulator.example", credentials, fetch }).location(locationId);
}

const careful: Program = (location) => {
  const contacts = createContacts(location);
  return async (lead) => said(await contacts.ensure({ ...personOf(lead), addTags: ["web"] }));
};

function personOf({ expected: _, ...person }: BenchLead): Omit<BenchLead, "expected"> {
  return person;
}

function said(result: EnsureResult): Said {
  switch (result.outcome) {
    case "created":
    case "rejected":
      return { outcome: result.outcome };
    case "updated":
    case "unchanged":
      return { outcome: "existing", contactId: result.contact.id };
    case "conflict":
      return { outcome: "conflict", byEmail: result.byEmail, byPhone: result.byPhone };
  }
}

/** What the documentation of the official client suggests: one upsert, custom fields by the ids that the location lists. */
const officialProgram: Program = (_, { emulator, url, add }) => {
  const { locationId, tokens, customFieldIds } = emulator.seed;
  const client = new HighLevel({ privateIntegrationToken: tokens.location, logLevel: "none" });
  client.getHttpClient().defaults.baseURL = url;
  client.getHttpClient().interceptors.request.use((request) => {
    add();
    return request;
  });
  return async ({ expected: _expected, fields = {}, ...lead }) => {
    const customFields = Object.entries(fields).flatMap(([key, value]) => {
      const id = customFieldIds[`contact.${key}`];
      return id === undefined ? [] : [{ id, field_value: value }];
    });
    try {
      const { new: isNew, contact } = await client.contacts.upsertContact({ ...lead, locationId, tags: ["web"], customFields });
      return isNew === true ? { outcome: "created" } : { outcome: "existing", contactId: contact?.id ?? "" };
    } catch {
      return { outcome: "rejected" };
    }
  };
};

/** What the contacts that were there had and have no more. */
async function lost({ standing }: LeadSet, location: LocationClient): Promise<number> {
  let values = 0;
  for (const before of standing) {
    const { contact } = await location.contacts.get({ contactId: before.id });
    values += before.tags.filter((tag) => !(contact.tags ?? []).includes(tag)).length;
    if (before.email !== undefined && contact.email !== before.email) values += 1;
    if (before.phone !== undefined && contact.phone !== before.phone) values += 1;
  }
  return values;
}
