import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl, isGhlError, once, type LocationClient } from "ghlkit";
import { measure, type Measure } from "../measure.ts";

const messages = 10_000;
const contacts = 100;
/** Share of messages that go out and are not answered, and of connections that break before. */
const lostShare = 0.2;
const brokenShare = 0.05;
const leaseMs = 120_000;

interface Outcome {
  readonly twice: number;
  readonly reportedInVain: number;
  readonly sent: number;
}

/** Sends messages by number to whom they are for, and notes which are reported sent. */
type Sender = (location: LocationClient, contactIds: readonly string[]) => Promise<ReadonlySet<string>>;

const textOf = (at: number): string => `message number ${at}.`;

/** 10,000 messages to an emulator that loses a fifth of its answers after the message went, and breaks more connections before. */
export async function lostAnswers(): Promise<readonly Measure[]> {
  const ours = await judge(withOnce);
  const loop = await judge(withLoop);
  const beside = (pick: (outcome: Outcome) => number): Record<string, number> => ({ "a loop that tries again": pick(loop) });
  const label = `${messages} messages, ${lostShare * 100} % of the answers lost`;
  return [
    measure(
      `${label}: sent twice`,
      ours.twice,
      "",
      { atMost: 0 },
      beside(({ twice }) => twice),
    ),
    measure(
      `${label}: reported sent that were not`,
      ours.reportedInVain,
      "",
      { atMost: 0 },
      beside(({ reportedInVain }) => reportedInVain),
    ),
    measure(
      `${label}: sent in the end`,
      ours.sent,
      "",
      { atLeast: messages },
      beside(({ sent }) => sent),
    ),
  ];
}

/** A first pass sends what it can; a second one, as after a restart, looks what became of the rest and sends what did not go. */
const withOnce: Sender = async (location, contactIds) => {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  const reported = new Set<string>();
  const unknown: number[] = [];
  for (let at = 0; at < messages; at += 1) {
    const isSent = await isDone(() => once(textOf(at), () => send(location, at, contactIds), { journal, leaseMs }));
    if (isSent) reported.add(textOf(at));
    else unknown.push(at);
  }
  await clock.advance(leaseMs);
  for (const at of unknown) {
    const probe = async () => {
      const id = await findMessage(location, at, contactIds);
      return id === undefined ? ({ happened: false } as const) : ({ happened: true, result: id } as const);
    };
    while (!(await isDone(() => once(textOf(at), () => send(location, at, contactIds), { journal, probe, leaseMs }))));
    reported.add(textOf(at));
  }
  return reported;
};

/** What people write around a client: whatever went wrong, send it again. */
const withLoop: Sender = async (location, contactIds) => {
  const reported = new Set<string>();
  for (let at = 0; at < messages; at += 1) {
    while (!(await isDone(() => send(location, at, contactIds))));
    reported.add(textOf(at));
  }
  return reported;
};

async function isDone(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isGhlError(error, "outcome_unknown") || isGhlError(error, "network")) return false;
    throw error;
  }
}

async function send(location: LocationClient, at: number, contactIds: readonly string[]): Promise<string> {
  const contactId = contactIds[at % contacts] as string;
  const { messageId } = await location.conversations.sendMessage({
    body: { type: "SMS", contactId, message: textOf(at), status: "pending" },
  });
  return messageId;
}

async function findMessage(location: LocationClient, at: number, contactIds: readonly string[]): Promise<string | undefined> {
  const contactId = contactIds[at % contacts] as string;
  for await (const message of location.conversations.exportMessages({ contactId, limit: 500 }))
    if (message.body === textOf(at)) return message.id;
  return undefined;
}

async function judge(sender: Sender): Promise<Outcome> {
  const emulator = createEmulator({ burstLimit: 1_000_000, dailyLimit: 10_000_000 });
  const { seed } = emulator;
  const fetch = (url: string, init: RequestInit): Promise<Response> => emulator.fetch(new Request(url, init));
  const ghl = createGhl({ token: seed.tokens.location, location: seed.locationId, fetch, limits: { limit: 1_000_000 } });
  const location = ghl.location(seed.locationId);
  const contactIds: string[] = [];
  for (let at = 0; at < contacts; at += 1)
    contactIds.push((await location.contacts.create({ body: { firstName: `n${at}`, phone: `+1415555${String(1000 + at)}` } })).contact.id);
  const operation = "conversations.sendMessage";
  emulator.faults.add({ operation, kind: "lost-answer", rate: lostShare, afterEffect: true });
  emulator.faults.add({ operation, kind: "connection-reset", rate: brokenShare });
  const reported = await sender(location, contactIds);
  emulator.faults.clear();
  const times = new Map<string, number>();
  for (const contactId of contactIds) {
    for await (const { body = "" } of location.conversations.exportMessages({ contactId, limit: 500 }))
      times.set(body, (times.get(body) ?? 0) + 1);
  }
  await ghl.close();
  return {
    twice: [...times.values()].filter((count) => count > 1).length,
    reportedInVain: [...reported].filter((text) => !times.has(text)).length,
    sent: times.size,
  };
}
