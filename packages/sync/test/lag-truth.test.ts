import fc from "fast-check";
import { expect, it } from "vitest";
import { ghlError } from "@ghlkit/core";
import type { Kind } from "../src/index.ts";
import { factsOfCopy, factsOfPlatform } from "./copy-and-platform.ts";
import { syncOnEmulator, withReceiver, type Fed, type SyncOnEmulator } from "./sync-on-emulator.ts";

const kinds: readonly Kind[] = ["contacts", "opportunities", "appointments", "invoices"];

type Change = "create" | "update" | "delete" | "deal" | "stage" | "dropDeal" | "book" | "reschedule" | "bill";
type Action =
  | { readonly do: "change"; readonly what: Change; readonly at: number }
  /** `during`: changes that happen while the platform answers. `failAfter`: calls after which it fails. */
  | { readonly do: "catchUp"; readonly during: readonly { readonly what: Change; readonly at: number }[]; readonly failAfter: number }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "hold" }
  | { readonly do: "release" };

const whats: readonly Change[] = ["create", "update", "update", "delete", "deal", "stage", "dropDeal", "book", "reschedule", "bill"];
const change = fc.record({ what: fc.constantFrom(...whats), at: fc.nat(7) });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: change.map((one): Action => ({ do: "change", ...one })) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("catchUp" as const),
      during: fc.array(change, { maxLength: 3 }),
      failAfter: fc.constantFrom(3, 12, 1000, 1000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(500, 5000, 11_000, 61_000, 1_000_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("hold", "release") }) as fc.Arbitrary<Action> },
);

/** States of the platform, each with when it began at the latest. */
type History = Map<string, { readonly until: number; readonly facts: string | undefined }[]>;

class Observed {
  readonly world: SyncOnEmulator;
  readonly #history = new Map<Kind, History>(kinds.map((kind) => [kind, new Map()]));
  #number = 0;

  constructor(world: SyncOnEmulator) {
    this.world = world;
  }

  async change({ what, at }: { readonly what: Change; readonly at: number }): Promise<void> {
    await changePlatform(this.world, { what, at, number: (this.#number += 1) });
    // A lag of webhooks is counted from their arrival.
    await this.world.emulator.webhooks.settle();
    this.note();
  }

  /** Notes the state of the platform behind a change. */
  note(): void {
    const until = this.world.emulator.clock.now();
    for (const kind of kinds) {
      const history = this.#history.get(kind) as History;
      const now = factsOfPlatform(this.world, kind);
      for (const id of new Set([...now.keys(), ...history.keys()])) {
        const states = history.get(id) ?? [];
        if (states.at(-1)?.facts !== now.get(id)) states.push({ until, facts: now.get(id) });
        history.set(id, states);
      }
    }
  }

  /** Records of the copy that are in none of the states which the platform had at a time and later. */
  async behind(kind: Kind, at: number, isCounted: (facts: string | undefined) => boolean): Promise<readonly string[]> {
    const copy = await factsOfCopy(this.world, kind);
    const found: string[] = [];
    for (const [id, states] of this.#history.get(kind) as History) {
      const first = states.findLastIndex(({ until }) => until < at);
      const allowed = [...(first === -1 ? [undefined] : []), ...states.slice(Math.max(0, first)).map(({ facts }) => facts)];
      if (allowed.includes(copy.get(id)) || !isCounted(states.at(Math.max(0, first))?.facts)) continue;
      found.push(`${kind} ${id} is ${copy.get(id) ?? "not there"}, not ${allowed.join(" or ")}`);
    }
    return found;
  }
}

async function changePlatform(
  { emulator, ghl, locationId }: SyncOnEmulator,
  { what, at, number }: { readonly what: Change; readonly at: number; readonly number: number },
): Promise<void> {
  const location = ghl.location(locationId);
  const { pipelineId, stageIds, calendarId, users } = emulator.seed;
  const snapshot = emulator.snapshot() as unknown as Readonly<
    Record<string, readonly { readonly id: string; readonly locationId: string }[]>
  >;
  const pick = (kind: string): string | undefined => {
    const all = (snapshot[kind] ?? []).filter((record) => record.locationId === locationId);
    return all[at % Math.max(all.length, 1)]?.id;
  };
  const contactId = pick("contacts");
  const dealId = pick("opportunities");
  const appointmentId = pick("appointments");
  const startTime = new Date(emulator.clock.now() + 86_400_000 + number * 3_600_000).toISOString();
  if (what === "create") await location.contacts.create({ body: { firstName: `Name ${number}`, email: `n${number}@example.com` } });
  else if (what === "stage" && dealId !== undefined)
    // Where nothing moves, no webhook is emitted.
    await location.opportunities.update({
      id: dealId,
      body: { name: `Deal ${number}`, pipelineStageId: stageIds[number % stageIds.length] ?? "" },
    });
  else if (what === "dropDeal" && dealId !== undefined) await location.opportunities.delete({ id: dealId });
  else if (what === "reschedule" && appointmentId !== undefined) emulator.act.moveAppointment(appointmentId, { startTime });
  else if (contactId === undefined) return;
  else if (what === "update") await location.contacts.update({ contactId, body: { firstName: `Name ${number}` } });
  else if (what === "delete") await location.contacts.delete({ contactId });
  else if (what === "deal")
    await location.opportunities.create({ body: { contactId, name: `Deal ${number}`, pipelineId, status: "open" } });
  else if (what === "book")
    await location.calendars.createAppointment({
      body: { calendarId, contactId, assignedUserId: users.admin, startTime, ignoreFreeSlotValidation: true },
    });
  else if (what === "bill")
    await location.invoices.create({
      body: {
        altType: "location",
        name: `Invoice ${number}`,
        currency: "USD",
        items: [{ name: "Check-up", currency: "USD", amount: 50, qty: 1 }],
        contactDetails: { id: contactId, name: "Payer", phoneNo: "", email: "payer@example.com" },
        liveMode: true,
        sentTo: { email: ["payer@example.com"] },
        issueDate: "2026-01-01",
        businessDetails: { name: "Practice" },
        discount: { type: "percentage", value: 0 },
      } as never,
    });
}

/** At each moment, what the status says is compared with what the platform was. */
async function expectTrue(observed: Observed): Promise<void> {
  const now = observed.world.emulator.clock.now();
  for (const { kind, source, lagMs, checked } of await observed.world.sync.status()) {
    if (lagMs === undefined || checked === undefined) continue;
    const isChange = (facts: string | undefined): boolean => facts !== undefined;
    expect(
      await observed.behind(kind, now - checked.changesMs, isChange),
      `changes that lists have proved, ${checked.changesMs} ms ago`,
    ).toEqual([]);
    expect(await observed.behind(kind, now - checked.deletionsMs, () => true), `deletions, ${checked.deletionsMs} ms ago`).toEqual([]);
    // Webhooks report deletions, too; polling finds changes alone.
    const isReported = source === "webhooks" ? (): boolean => true : isChange;
    expect(await observed.behind(kind, now - lagMs, isReported), `lag of ${lagMs} ms by ${source}`).toEqual([]);
  }
}

async function run(
  observed: Observed,
  one: Action,
  { fed, interrupt }: { readonly fed?: Fed; readonly interrupt: Interrupt },
): Promise<void> {
  const { emulator, sync } = observed.world;
  if (one.do === "wait") emulator.clock.advance(one.ms);
  else if (one.do === "change") await observed.change(one);
  else if (one.do === "hold") fed?.hold();
  else if (one.do === "release") fed?.release();
  else if (one.do === "catchUp") {
    interrupt.left = one.failAfter;
    interrupt.during = one.during.map((change) => () => observed.change(change));
    await sync.catchUp();
    interrupt.left = Number.POSITIVE_INFINITY;
    interrupt.during = [];
  }
}

interface Interrupt {
  left: number;
  during: (() => Promise<void>)[];
  isBusy: boolean;
}

function worldOf(options: Parameters<typeof syncOnEmulator>[0] = {}): { readonly observed: Observed; readonly interrupt: Interrupt } {
  const interrupt: Interrupt = { left: Number.POSITIVE_INFINITY, during: [], isBusy: false };
  const world = syncOnEmulator({
    kinds,
    deletions: { records: 1000, share: 1 },
    ...options,
    emulator: { burstLimit: 1_000_000, allowDuplicates: true, allowDuplicateOpportunities: true, ...options.emulator },
    change: async (_, answer) => {
      if (interrupt.isBusy) return answer;
      interrupt.left -= 1;
      if (interrupt.left < 0) throw ghlError("network", "The platform is away.", { sent: false });
      const change = interrupt.during.shift();
      interrupt.isBusy = true;
      await change?.().finally(() => (interrupt.isBusy = false));
      interrupt.isBusy = false;
      return answer;
    },
  });
  const observed = new Observed(world);
  observed.note();
  return { observed, interrupt };
}

/** More of it: `GHLKIT_RUNS=300 pnpm exec vitest run packages/sync/test/lag-truth.test.ts` */
const numRuns = Number(process.env["GHLKIT_RUNS"] ?? 10);
const actions = fc.array(action, { minLength: 8, maxLength: 30 });

it("when polling, nothing that was changed before the stated lag is missing, at any moment", async () => {
  await fc.assert(
    fc.asyncProperty(actions, fc.constantFrom(0, 3000, 10_000), async (all, replicationMs) => {
      const { observed, interrupt } = worldOf({ live: "polling" });
      if (replicationMs > 0) observed.world.emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: replicationMs });
      for (const one of all) {
        await run(observed, one, { interrupt });
        await expectTrue(observed);
      }
      await observed.world.into.close();
    }),
    { numRuns },
  );
}, 300_000);

it("with webhooks that arrive, nothing that was changed before the stated lag is missing, at any moment", async () => {
  await fc.assert(
    fc.asyncProperty(actions, async (all) => {
      const { observed, interrupt } = worldOf();
      await withReceiver(observed.world, async (fed) => {
        await run(observed, { do: "catchUp", during: [], failAfter: 1000 }, { fed, interrupt });
        for (const one of all) {
          await run(observed, one, { fed, interrupt });
          await fed.settle();
          await expectTrue(observed);
        }
      });
      await observed.world.into.close();
    }),
    { numRuns },
  );
}, 300_000);
