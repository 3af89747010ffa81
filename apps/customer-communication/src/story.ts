import { openPerson, type Story } from "@ghlkit/app-kit/story";
import type { OpenThread, ThreadRow } from "./inbox.ts";

/** A customer writes, is answered once, says STOP, and cannot be texted any more. */
export const story: Story = async ({ emulator, url, link, say, createContact }) => {
  const agent = await openPerson(url, await link());
  const contactId = await createContact({
    firstName: "Grace",
    lastName: "Hopper",
    email: "grace.hopper@example.com",
    phone: "+12025550155",
  });
  emulator.act.replyAs(contactId, "Is it still free?", { channel: "sms" });
  const { threads } = await agent.until<{ readonly threads: readonly ThreadRow[] }>((state) =>
    state.threads.some((row) => row.contactId === contactId && row.lastText !== ""),
  );
  const thread = threads.find((row) => row.contactId === contactId);
  say(`${thread?.person} wrote "${thread?.lastText}": the thread is on top, ${thread?.unread} unread.`);
  const read = async (): Promise<OpenThread> => (await agent.send<{ readonly thread: OpenThread }>("/thread", { id: thread?.id })).thread;
  const answered = async (text: string, isSo: (state: string) => boolean): Promise<string> => {
    for (let waited = 0; ; waited += 200) {
      const found = (await read()).outgoing.find((message) => message.text === text);
      if (found !== undefined && isSo(found.state)) return found.state;
      if (waited > 30_000) throw new Error(`"${text}" is ${found?.state ?? "not there"}.`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const answer = async (text: string): Promise<unknown> =>
    agent.send("/send", { id: thread?.id, channel: "sms", text, seen: (await read()).outgoing.at(-1)?.at ?? "" });
  await answer("Yes, at three.");
  say(`The answer is ${await answered("Yes, at three.", (state) => state === "delivered")}.`);
  emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", afterEffect: true, times: 1 });
  await answer("See you!");
  await answered("See you!", (state) => state === "checking" || state === "sent" || state === "delivered");
  say("The next one was sent, and its answer was lost: it is looked for in the thread, and not sent twice.");
  emulator.act.replyAs(contactId, "STOP", { channel: "sms" });
  for (let waited = 0; (await read()).channels.sms.isOpen; waited += 200) {
    if (waited > 30_000) throw new Error("STOP did not arrive.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  say(`STOP: text messages are closed ("${(await read()).channels.sms.why}"), e-mail stays open.`);
};
