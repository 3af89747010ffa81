import type { OpenThread, ThreadRow } from "@ghlkit/app-customer-communication/inbox";
import { below, inParallel, openStaff, type CreateWorkload } from "./fault-world.ts";
import { counted, differences, recordsOf, textOf, type PlatformRecord } from "./platform-records.ts";
import { until } from "./until.ts";

const [customers, rounds, agents] = [16, 3, 4];
const tooLate = "This must not be sent.";
/** Agents know of all answers, also of those that came meanwhile. */
const seen = "9999";

/** Customers write, agents answer by SMS and e-mail, and one customer says STOP. */
export const createInboxWorkload: CreateWorkload = (world) => {
  const { emulator, locationId, progress } = world;
  const contacts: string[] = [];
  const written: string[] = [];
  let stopped = "";
  const answered: string[] = [];
  const wordsOf = (message: PlatformRecord): string => textOf(message["body"]).replaceAll(/<[^>]*>/g, "");
  return {
    name: "inbox",
    total: customers * rounds,
    async prepare() {
      for (let at = 0; at < customers; at += 1) contacts.push(await createCustomer(at));
      stopped = await createCustomer(customers);
    },
    async play() {
      const staff = await Promise.all(Array.from({ length: agents }, () => openStaff(world)));
      const turns = Array.from({ length: rounds }, (_, round) => contacts.map((contactId, at) => ({ contactId, at, round }))).flat();
      await inParallel(turns, agents, async ({ contactId, at, round }, worker) => {
        const agent = staff[worker] as (typeof staff)[number];
        const question = `Question ${round} of ${at}`;
        const channel = (at + round) % 2 === 0 ? "sms" : "email";
        emulator.act.replyAs(contactId, question, { channel });
        written.push(question);
        const thread = await threadOf(agent, contactId);
        const answer = `Answer ${round} to ${at}`;
        answered.push(answer);
        await agent.send("/thread", { id: thread.id });
        await agent.send("/send", { id: thread.id, channel, text: answer, seen });
        if (below(world, 2) === 0) {
          answered.push(`${answer}, and more`);
          await agent.send("/send", { id: thread.id, channel: "sms", text: `${answer}, and more`, seen });
        }
        progress();
      });
      // One who wants no text messages any more gets none.
      const [agent] = staff;
      if (agent === undefined) return;
      emulator.act.replyAs(stopped, "STOP", { channel: "sms" });
      const thread = await threadOf(agent, stopped);
      await agent.send("/send", { id: thread.id, channel: "sms", text: tooLate, seen });
    },
    async compare() {
      const agent = await openStaff(world);
      const { threads } = await agent.state<{ readonly threads: readonly ThreadRow[] }>();
      const messages = recordsOf(emulator, "messages", locationId);
      // Other applications write to other people.
      const ours = new Set(contacts);
      const conversations = recordsOf(emulator, "conversations", locationId);
      const rows = threads.map(({ id, contactId, unread }) => [id, { contactId, unread }] as const);
      const kept = conversations.map(({ id, contactId, unreadCount }) => [id, { contactId, unread: unreadCount }] as const);
      const problems = [...differences("thread", new Map(rows), new Map(kept))];
      for (const { id, contactId } of threads) {
        const { thread } = await agent.send<{ readonly thread: OpenThread }>("/thread", { id });
        const shown = thread.messages.map((one) => [one.id, { text: one.text, status: one.status, direction: one.direction }] as const);
        const own = messages.filter((one) => one["conversationId"] === id);
        const there = own.map((one) => [one.id, { text: one["body"], status: one["status"], direction: one["direction"] }] as const);
        problems.push(...differences("message", new Map<string, unknown>(shown), new Map<string, unknown>(there)));
        if (contactId === stopped)
          problems.push(...thread.outgoing.flatMap(({ state }) => (state === "refused" ? [] : [`"${tooLate}" is ${state}`])));
        if (!ours.has(contactId)) continue;
        for (const { text, state, messageIds } of thread.outgoing) {
          if (state !== "delivered") problems.push(`"${text}" is ${state} in the application`);
          const ids = own.filter((one) => wordsOf(one) === text).map((one) => one.id);
          problems.push(...differences("bubble", new Map([[text, [...messageIds]]]), new Map([[text, ids]])));
        }
        problems.push(
          ...counted(`bubbles to ${contactId}`, thread.outgoing.length, own.filter(({ direction }) => direction === "outbound").length),
        );
      }
      problems.push(...counted(`messages "${tooLate}"`, messages.filter((one) => wordsOf(one) === tooLate).length, 0));
      for (const text of [...written, ...answered])
        problems.push(...counted(`messages "${text}"`, messages.filter((one) => wordsOf(one) === text).length, 1));
      return problems;
    },
  };

  function createCustomer(at: number): Promise<string> {
    const phone = `+120255502${String(at).padStart(2, "0")}`;
    return world.createContact({ firstName: `Customer${at}`, lastName: "Writer", email: `customer${at}@example.com`, phone });
  }

  /** The webhook may be late or lost: staff waits for the thread of someone who has written. */
  async function threadOf(agent: Awaited<ReturnType<typeof openStaff>>, contactId: string): Promise<ThreadRow> {
    const find = async (): Promise<ThreadRow | undefined> => {
      const { threads } = await agent.state<{ readonly threads: readonly ThreadRow[] }>();
      return threads.find((row) => row.contactId === contactId);
    };
    const isThere = (row: ThreadRow | undefined): boolean => row !== undefined;
    return (await until(find, isThere, () => `The thread of ${contactId} does not come.`)) as ThreadRow;
  }
};
