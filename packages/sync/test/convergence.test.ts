import fc from "fast-check";
import { expect, it } from "vitest";
import type { Kind, Sync } from "../src/index.ts";
import { differences } from "./copy-and-platform.ts";
import { syncOnEmulator, type SyncOnEmulator } from "./sync-on-emulator.ts";

const kinds: readonly Kind[] = ["contacts", "opportunities", "appointments", "conversations", "messages"];

/** `at` picks one of what there is. */
type Action =
  | { readonly do: "create" | "update" | "delete" | "reply" | "deal" | "stage" | "book" | "reschedule"; readonly at: number }
  | { readonly do: "deliver" | "lose" | "repeat"; readonly at: number }
  | { readonly do: "handle" | "catchUp" | "reconcile" }
  | { readonly do: "crash"; readonly afterCalls: number }
  | { readonly do: "wait"; readonly ms: number };

const at = fc.nat(7);
const changes = ["create", "update", "update", "delete", "delete", "reply", "deal", "stage", "book", "reschedule"] as const;
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom(...changes), at }),
  fc.record({ do: fc.constantFrom(...changes), at }),
  fc.record({ do: fc.constantFrom("deliver", "deliver", "lose", "repeat"), at }),
  fc.record({ do: fc.constantFrom("handle", "catchUp", "reconcile") }),
  fc.record({ do: fc.constant("crash" as const), afterCalls: fc.nat(6) }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1000, 20_000, 1_000_000) }),
) as fc.Arbitrary<Action>;

const beginning: readonly Action[] = [0, 1, 2, 3].flatMap((index) => [
  { do: "create", at: index },
  { do: "deal", at: index },
  { do: "book", at: index },
]);

class Model {
  readonly world: SyncOnEmulator;
  /** Webhooks that are on their way. */
  readonly pending: Request[] = [];
  #sync: Sync;
  #receiver: ReturnType<Sync["receiver"]>;
  readonly #key: string;
  #callsLeft = Number.POSITIVE_INFINITY;
  #crash = new AbortController();
  #number = 0;

  static async start(): Promise<Model> {
    const pending: Request[] = [];
    const onCall: { act: () => void } = { act: () => {} };
    const world = syncOnEmulator({
      kinds,
      deletions: { records: 1000, share: 1 },
      emulator: {
        allowDuplicates: true,
        allowDuplicateOpportunities: true,
        webhooks: { deliver: async (request) => (pending.push(request), new Response()), url: "https://app.example/webhooks" },
      },
      change: (_, answer) => (onCall.act(), answer),
    });
    const { ed25519 } = await world.emulator.webhookPublicKeys();
    const model = new Model(world, pending, ed25519);
    onCall.act = () => model.#called();
    return model;
  }

  private constructor(world: SyncOnEmulator, pending: Request[], key: string) {
    this.world = world;
    this.pending = pending;
    this.#key = key;
    this.#sync = world.sync;
    this.#receiver = this.#receive();
  }

  async run(one: Action): Promise<void> {
    const { emulator } = this.world;
    switch (one.do) {
      case "deliver":
        return this.#deliver(one.at, true);
      case "repeat":
        return this.#deliver(one.at, false);
      case "lose":
        return void this.pending.splice(one.at, 1);
      case "handle":
        return void (await this.#receiver.worker?.runDue());
      case "catchUp":
        return void (await this.#sync.catchUp());
      case "reconcile":
        return void (await this.#sync.reconcile());
      case "crash":
        return this.#crashAfter(one.afterCalls);
      case "wait":
        return void emulator.clock.advance(one.ms);
      default:
        await this.#change(one.do, one.at);
        await emulator.webhooks.settle();
    }
  }

  /** Everything that is late arrives, in the opposite order. */
  async deliverAll(): Promise<void> {
    while (this.pending.length > 0) await this.#deliver(this.pending.length - 1, true);
    while ((await this.world.storage.inbox.backlog()).waiting > 0) await this.#receiver.worker?.runDue();
  }

  reconcile(): Promise<unknown> {
    return this.#sync.reconcile();
  }

  async close(): Promise<void> {
    await this.#receiver.close();
    await this.world.into.close();
  }

  #receive(): ReturnType<Sync["receiver"]> {
    return this.#sync.receiver({ appId: this.world.emulator.seed.app.id, additionalKeys: [this.#key] });
  }

  async #deliver(index: number, isOnce: boolean): Promise<void> {
    const request = this.pending[index];
    if (request === undefined) return;
    if (isOnce) this.pending.splice(index, 1);
    const answer = await this.#receiver(request.clone());
    expect(answer.status).toBe(200);
  }

  #called(): void {
    this.#callsLeft -= 1;
    if (this.#callsLeft < 0) this.#crash.abort(new Error("crash"));
  }

  /** The process dies in the middle of its work, and another one takes over. */
  async #crashAfter(calls: number): Promise<void> {
    this.#crash = new AbortController();
    this.#callsLeft = calls;
    this.world.emulator.clock.advance(1_000_000);
    await this.#sync.catchUp({ signal: this.#crash.signal }).catch((error: unknown) => {
      if (!this.#crash.signal.aborted) throw error;
    });
    this.#callsLeft = Number.POSITIVE_INFINITY;
    await this.#receiver.close();
    this.#sync = this.world.again();
    this.#receiver = this.#receive();
  }

  async #change(what: string, index: number): Promise<void> {
    const { emulator, ghl, locationId } = this.world;
    const location = ghl.location(locationId);
    const snapshot = emulator.snapshot() as unknown as Readonly<
      Record<string, readonly { readonly id: string; readonly locationId: string }[]>
    >;
    const pick = (kind: string): string | undefined => {
      const all = (snapshot[kind] ?? []).filter((record) => record.locationId === locationId);
      return all[index % Math.max(all.length, 1)]?.id;
    };
    this.#number += 1;
    const name = `Name ${this.#number}`;
    const { pipelineId, stageIds, calendarId, users } = emulator.seed;
    const contactId = pick("contacts");
    const startTime = new Date(emulator.clock.now() + 86_400_000 + this.#number * 3_600_000).toISOString();
    if (what === "create")
      return void (await location.contacts.create({ body: { firstName: name, email: `n${this.#number}@example.com` } }));
    if (what === "stage") {
      const id = pick("opportunities");
      if (id !== undefined)
        await location.opportunities.update({ id, body: { pipelineStageId: stageIds[this.#number % stageIds.length] ?? "" } });
      return;
    }
    if (what === "reschedule") {
      const id = pick("appointments");
      if (id !== undefined) emulator.act.moveAppointment(id, { startTime });
      return;
    }
    if (contactId === undefined) return;
    if (what === "update") await location.contacts.update({ contactId, body: { firstName: name } });
    if (what === "delete") await location.contacts.delete({ contactId });
    if (what === "reply") emulator.act.replyAs(contactId, name, { channel: "email" });
    if (what === "deal") await location.opportunities.create({ body: { contactId, name, pipelineId, status: "open" } });
    if (what === "book")
      await location.calendars.createAppointment({
        body: { calendarId, contactId, assignedUserId: users.admin, startTime, ignoreFreeSlotValidation: true },
      });
  }
}

/** More of it: `GHLKIT_RUNS=300 pnpm exec vitest run packages/sync/test/convergence.test.ts` */
const numRuns = Number(process.env["GHLKIT_RUNS"] ?? 10);

async function onModel(action: (model: Model) => Promise<void>): Promise<void> {
  const model = await Model.start();
  try {
    // There is something to change and to delete.
    for (const one of beginning) await model.run(one);
    await action(model);
  } finally {
    await model.close();
  }
}

const actions = fc.array(action, { minLength: 5, maxLength: 30 });

it("whatever happens in whatever order, a reconciliation makes the copy equal to the platform, and what arrives late leaves it so", async () => {
  await fc.assert(
    fc.asyncProperty(actions, fc.boolean(), fc.boolean(), (all, isLagging, isFilled) =>
      onModel(async (model) => {
        if (isFilled) await model.run({ do: "catchUp" });
        if (isLagging) model.world.emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 10_000 });
        for (const one of all) await model.run(one);
        model.world.emulator.clock.advance(30_000);
        await model.reconcile();
        expect(await differences(model.world, kinds)).toEqual([]);
        await model.deliverAll();
        expect(await differences(model.world, kinds)).toEqual([]);
      }),
    ),
    { numRuns },
  );
}, 300_000);

it("where no webhook is lost, they make it equal by themselves, and lists that lag behind change nothing of that", async () => {
  // Nothing is emitted for what the platform writes into threads.
  const emitted: readonly Kind[] = ["contacts", "opportunities", "appointments"];
  await fc.assert(
    fc.asyncProperty(actions, fc.constantFrom("catchUp", "reconcile"), (all, last) =>
      onModel(async (model) => {
        await model.run({ do: "catchUp" });
        model.world.emulator.clock.advance(60_000);
        model.world.emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 10_000 });
        for (const one of all) if (one.do !== "lose") await model.run(one);
        await model.deliverAll();
        expect(await differences(model.world, emitted)).toEqual([]);
        await model.run({ do: last });
        expect(await differences(model.world, emitted)).toEqual([]);
      }),
    ),
    { numRuns },
  );
}, 300_000);
