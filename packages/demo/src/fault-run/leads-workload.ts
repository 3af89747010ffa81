import type { Board } from "@ghlkit/app-lead-management/board";
import type { Preview } from "@ghlkit/app-lead-management/imports";
import { below, inParallel, openStaff, type CreateWorkload } from "./fault-world.ts";
import { counted, differences, recordsOf, textOf } from "./platform-records.ts";

const [people, moves, rows, agents] = [24, 40, 30, 4];

/** Forms, each sent again in another spelling; moves on the board and in HighLevel; a CSV file. */
export const createLeadsWorkload: CreateWorkload = (world) => {
  const { emulator, locationId, progress } = world;
  const numbers = Array.from({ length: people }, (_, at) => at);
  const emailOf = (at: number): string => `lead${at}@example.com`;
  const form = (at: number): Readonly<Record<string, string>> => ({
    firstName: `Lead${at}`,
    lastName: "Former",
    email: emailOf(at),
    phone: `(202) 555-01${String(at).padStart(2, "0")}`,
    interest: "Solar",
    value: String(1000 + at),
    smsConsent: "yes",
  });
  const respelled = (at: number): Readonly<Record<string, string>> => ({
    ...form(at),
    firstName: `lead${at}`,
    email: emailOf(at).toUpperCase(),
    phone: `+1 202 555 01${String(at).padStart(2, "0")}`,
  });
  const imported = Array.from({ length: rows }, (_, at) => `row${at}@example.com`);
  return {
    name: "leads",
    total: people + moves,
    async prepare() {},
    async play() {
      const staff = await Promise.all(Array.from({ length: agents }, () => openStaff(world)));
      const agent = (at: number): (typeof staff)[number] => staff[at % agents] as (typeof staff)[number];
      const text = ["first_name,email,interest,value", ...imported.map((email, at) => `Row${at},${email},Wind,${2000 + at}`)].join("\n");
      const { id, mapping } = await agent(0).send<Preview>("/imports/preview", { text });
      await agent(0).send("/imports", { id, mapping });
      await inParallel(numbers, agents, async (at, worker) => {
        // Every third one comes in twice at the same moment.
        if (at % 3 === 0) await Promise.all([agent(worker).send("/leads", form(at)), agent(worker + 1).send("/leads", respelled(at))]);
        else {
          await agent(worker).send("/leads", form(at));
          await agent(worker).send("/leads", respelled(at));
        }
        progress();
      });
      const turns = Array.from({ length: moves }, (_, at) => at);
      await inParallel(turns, agents, async (_, worker) => {
        const { cards, lanes, pipeline } = await agent(worker).state<Board>();
        const [card, stage] = [cards[below(world, cards.length)], lanes[below(world, lanes.length)]];
        if (card === undefined || stage === undefined) throw new Error("The board is empty.");
        if (world.random() < 0.3) emulator.act.moveOpportunity(card.id, { stage: stage.id });
        else await agent(worker).send("/moves", { id: card.id, stage: stage.id, from: card.stageId, pipeline: pipeline?.id });
        progress();
      });
    },
    async compare() {
      const { cards, lanes } = await (await openStaff(world)).state<Board>();
      const contacts = recordsOf(emulator, "contacts", locationId);
      const deals = recordsOf(emulator, "opportunities", locationId);
      const messages = recordsOf(emulator, "messages", locationId);
      const names = new Map(contacts.map(({ id, firstName, lastName }) => [id, [firstName, lastName].filter(Boolean).join(" ")]));
      const shown = cards.map(({ id, stageId, status, title, value, person }) => [id, { stageId, status, title, value, person }] as const);
      const kept = deals.map(
        ({ id, pipelineStageId, status, name, monetaryValue, contactId }) =>
          [id, { stageId: pipelineStageId, status, title: name, value: monetaryValue, person: names.get(textOf(contactId)) }] as const,
      );
      const ofPerson = (email: string, sms: number): readonly string[] => {
        const found = contacts.filter((one) => textOf(one["email"]).toLowerCase() === email);
        const ids = new Set(found.map(({ id }) => id));
        const own = (records: typeof deals): typeof deals => records.filter(({ contactId }) => ids.has(textOf(contactId)));
        const tags = new Set(found.flatMap((one) => one["tags"] as readonly string[]));
        const workflows = found.flatMap((one) => one["activeWorkflows"] as readonly string[]);
        return [
          ...counted(`contacts of ${email}`, found.length, 1),
          ...counted(`deals of ${email}`, own(deals).length, 1),
          ...counted(`text messages to ${email}`, own(messages).filter(({ direction }) => direction === "outbound").length, sms),
          ...counted(`workflows of ${email}`, workflows.length, 1),
          ...(tags.has("lead") ? [] : [`${email} is not tagged`]),
        ];
      };
      return [
        ...counted("lanes", lanes.length, emulator.seed.stageIds.length),
        ...differences("card", new Map(shown), new Map(kept)),
        ...numbers.flatMap((at) => ofPerson(emailOf(at), 1)),
        ...imported.flatMap((email) => ofPerson(email, 0)),
      ];
    },
  };
};
