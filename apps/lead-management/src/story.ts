import { readFile } from "node:fs/promises";
import { openPerson, type Story } from "@ghlkit/app-kit/story";
import type { Board } from "./board.ts";
import type { Preview } from "./imports.ts";
import type { Submitted } from "./handlers/submit-lead.ts";

/** A lead comes in by the form, moves on the board, is moved again in HighLevel, and others come in by a CSV file. */
export const story: Story = async ({ emulator, url, link, say }) => {
  const person = await openPerson(url, await link());
  const lead = {
    firstName: "Ada",
    lastName: "Lovelace",
    email: "ada.lovelace@example.com",
    phone: "(202) 555-0143",
    interest: "Solar",
    value: "1500",
    smsConsent: "yes",
  };
  const first = await person.send<Submitted>("/leads", lead);
  say(`The form of ${first.name} made a contact (${first.phone}), tags, an opportunity and a follow-up; SMS: ${first.sms}.`);
  const again = await person.send<Submitted>("/leads", { ...lead, firstName: "ada", email: "ADA.LOVELACE@example.com" });
  say(`The same person once more, in another spelling: ${again.outcome}, no second opportunity.`);
  const board = await person.until<Board>(({ cards }) => cards.some(({ person: name }) => name.startsWith("Ada")));
  const card = board.cards.find(({ person: name }) => name.startsWith("Ada"));
  const [from, to, last] = board.lanes;
  if (card === undefined || from === undefined || to === undefined || last === undefined) throw new Error("The board has no lanes.");
  await person.send("/moves", { id: card.id, stage: to.id, from: from.id, pipeline: board.pipeline?.id });
  say(`The card was moved on the board: ${from.name} → ${to.name}.`);
  emulator.act.moveOpportunity(card.id, { stage: last.id });
  await person.until<Board>(({ cards }) => cards.some(({ id, stageId }) => id === card.id && stageId === last.id));
  say(`A colleague moved it in HighLevel: the board shows ${last.name}.`);
  const file = await readFile(new URL("../data/leads.csv", import.meta.url), "utf8");
  const text = file.split("\n").slice(0, 9).join("\n");
  const { id, mapping, total } = await person.send<Preview>("/imports/preview", { text });
  await person.send("/imports", { id, mapping });
  // Played once more, it finds everyone there already. The file has an Ada Lovelace of its own.
  const lines = text.split("\n").slice(1);
  const people = [first.name, ...lines.map((line) => line.split(",").slice(0, 2).join(" "))];
  const named = (all: readonly string[], name: string): number => all.filter((one) => one === name).length;
  const { cards } = await person.until<Board>((state) => {
    const shown = state.cards.map((card) => card.person);
    return people.every((name) => named(shown, name) >= named(people, name));
  });
  say(`A CSV file with ${total} leads was imported: ${cards.length} cards on the board.`);
};
