import { createEmulator } from "@ghlkit/emulator";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { fillContacts, wrongContacts } from "./fill-emulator.ts";
import { syncHere } from "./sync-here.ts";

const contacts = 5000;
const rounds = 50;

/** Reconciliations whose pages fail, are empty, or hand the same cursor out again. */
export async function faultyLists(): Promise<readonly Measure[]> {
  const emulator = createEmulator({ enforceBurstLimit: false, dailyLimit: 100_000_000, journalSize: 0 });
  await fillContacts(emulator, { count: contacts, everyMs: 1000 });
  const random = seeded(7);
  let fault: "none" | "empty" | "cursor" = "none";
  let failures = false;
  let last: unknown;
  const world = syncHere({
    on: emulator,
    kinds: ["contacts"],
    change: async (request, answer) => {
      if (!request.url.endsWith("/contacts/search")) return answer;
      if (failures && random() < 0.05) return new Response("", { status: 500 });
      if (fault === "none") return answer;
      const page = (await answer.json()) as { readonly contacts: readonly Record<string, unknown>[] };
      if (fault === "empty" && random() < 0.2) return Response.json({ ...page, contacts: [] });
      const tail = page.contacts.at(-1);
      if (fault === "cursor" && tail !== undefined && last !== undefined && random() < 0.3) tail["searchAfter"] = last;
      last = tail?.["searchAfter"];
      return Response.json(page);
    },
  });
  await world.sync.catchUp();
  let incomplete = 0;
  let gone = 0;
  for (let round = 0; round < rounds; round += 1) {
    fault = (["none", "empty", "cursor"] as const)[round % 3] ?? "none";
    failures = true;
    last = undefined;
    const outcome = await world.sync.reconcile().then(
      ([report]) => report?.outcome,
      () => "incomplete",
    );
    if (outcome === "incomplete") incomplete += 1;
    gone += contacts - (await world.rows("contacts")).length;
  }
  fault = "none";
  failures = false;
  await world.sync.reconcile();
  const wrong = wrongContacts(emulator, await world.rows("contacts"));
  await world.sync.close();
  const label = `${rounds} reconciliations of ${contacts} contacts with 5 % failing pages, empty pages and repeated cursors`;
  return [
    measure(`${label}: records wrongly taken for deleted`, gone, "", { atMost: 0 }),
    measure(`${label}: that reported themselves incomplete`, incomplete, ""),
    measure(`${label}: records that are wrong after one without faults`, wrong, "", { atMost: 0 }),
  ];
}
