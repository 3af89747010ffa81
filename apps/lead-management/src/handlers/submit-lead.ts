import { isGhlError } from "@ghlkit/core";
import { Refusal, textIn, type Action, type Backend } from "@ghlkit/app-kit/server";
import { readCards } from "../board.ts";
import type { Intake } from "../intake.ts";
import { readLead } from "../lead.ts";

/** What became of a form. */
export interface Submitted {
  readonly outcome: "created" | "was here" | "waiting";
  readonly name: string;
  readonly phone?: string;
  readonly sms?: string;
  /** What a new person was added to. Missing where HighLevel has none that is published. */
  readonly workflow?: string;
  readonly events?: readonly object[];
}

/** Takes a lead in. It is kept before the first call, so that an outage delays it and loses nothing. */
export async function submitLead(backend: Backend, intake: Intake, { body, key, session }: Action): Promise<Submitted> {
  const fields = ["firstName", "lastName", "email", "phone", "source", "interest", "value", "smsConsent"] as const;
  const texts = Object.fromEntries(fields.map((field) => [field, textIn(body, field, { most: 200 })])) as Record<
    (typeof fields)[number],
    string
  >;
  const lead = readLead(texts, "US", backend.clock.now());
  const name = `${lead.firstName} ${lead.lastName}`.trim() || (lead.email ?? lead.phone ?? "");
  const phone = lead.phone === undefined ? {} : { phone: lead.phone };
  const run = await intake.run(key, lead).catch((error: unknown) => {
    if (isGhlError(error)) return { outcome: "in_progress" } as const;
    throw error;
  });
  if (run.outcome === "gave_up") throw new Refusal(run.reason);
  if (run.outcome !== "done") return { outcome: "waiting", name, ...phone };
  const { person, deal, followUp } = run.results;
  const contact = await backend.location(session.locationId).contacts.get({ contactId: person.contactId });
  const opportunity = await backend.location(session.locationId).opportunities.get({ id: deal.opportunityId });
  const known = (await readCards(backend, session.locationId, "o.id = ?2", deal.opportunityId))[0];
  const card = known ?? {
    id: deal.opportunityId,
    contactId: person.contactId,
    person: contact.contact?.firstName ?? name,
    title: opportunity.opportunity?.name ?? "",
    value: opportunity.opportunity?.monetaryValue ?? 0,
    stageId: opportunity.opportunity?.pipelineStageId ?? "",
    status: opportunity.opportunity?.status ?? "open",
    source: lead.source,
    createdAt: new Date(backend.clock.now()).toISOString(),
  };
  const events = [{ type: "cards", data: { upsert: [card] } }];
  return { outcome: person.isNew ? "created" : "was here", name, ...phone, ...followUp, events };
}
