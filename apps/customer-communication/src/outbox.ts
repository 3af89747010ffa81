import { isGhlError } from "@ghlkit/core";
import { documentsOf, perLocation, Refusal, type Backend, type Documents } from "@ghlkit/app-kit/server";
import { createConversations, type Conversations } from "@ghlkit/crm/conversations";

export type Channel = "sms" | "email";

/** A message that was written here: one bubble, however often it was tried. */
export interface Outgoing {
  readonly id: string;
  readonly threadId: string;
  readonly contactId: string;
  readonly channel: Channel;
  readonly text: string;
  readonly subject?: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `checking`: its answer was lost, and it is looked for. `waiting`: HighLevel does not answer. `quiet`: no news for five minutes. */
  readonly state: "sending" | "checking" | "waiting" | "sent" | "delivered" | "quiet" | "failed" | "refused";
  /** Why it failed or was refused. */
  readonly reason?: string;
  readonly attempts: number;
  /** Messages in the thread that belong to it. */
  readonly messageIds: readonly string[];
}

/** Messages on their way. What was written survives a crash, and is sent once. */
export interface Outbox {
  /**
   * @param seen `at` of the newest answer of the thread that its writer has seen, empty where there was none
   * @throws Refusal when there is a newer answer
   */
  readonly write: (
    locationId: string,
    message: Pick<Outgoing, "id" | "threadId" | "contactId" | "channel" | "text" | "subject">,
    seen: string,
  ) => Promise<Outgoing>;
  /** Sends one that failed again: another message of the platform, the same bubble. */
  readonly again: (locationId: string, id: string) => Promise<Outgoing>;
  readonly list: (locationId: string, threadId: string) => Promise<readonly Outgoing[]>;
  /** Goes on with those that are not at their end. */
  readonly resume: () => Promise<void>;
}

const watchMs = 300_000;
const open: ReadonlySet<Outgoing["state"]> = new Set(["sending", "checking", "waiting", "sent"]);

export function createOutbox(backend: Backend): Outbox {
  const documents = perLocation<Documents<Outgoing>>((locationId) =>
    documentsOf<Outgoing>(backend, locationId, "outgoing", ({ state }) => open.has(state)),
  );
  const conversations = perLocation<Conversations>((locationId) =>
    createConversations(backend.location(locationId), { journal: backend.journal, clock: backend.clock, locationId }),
  );
  const busy = new Set<string>();

  async function change(locationId: string, id: string, next: Partial<Outgoing>): Promise<Outgoing> {
    const message = await documents(locationId).change(id, next);
    backend.channel.publish(locationId, { type: "outgoing", data: message });
    return message;
  }

  /** One look or try. Never two at a time for one message. */
  async function work(locationId: string, id: string): Promise<void> {
    if (busy.has(id)) return;
    busy.add(id);
    try {
      const message = await documents(locationId).get(id);
      if (message === undefined || !open.has(message.state)) return;
      if (message.state === "sent") await watch(locationId, message);
      else await send(locationId, message);
    } catch (error) {
      if (!isGhlError(error)) throw error;
      if (error.code === "validation" || error.code === "bad_request")
        await change(locationId, id, { state: "failed", reason: error.message });
      else await change(locationId, id, { state: "waiting" });
    } finally {
      busy.delete(id);
    }
  }

  async function send(locationId: string, { id, attempts, contactId, channel, text, subject = "", messageIds }: Outgoing): Promise<void> {
    const key = `${id.split(":").at(-1)}:${attempts}`;
    const content =
      channel === "sms" ? ({ channel, text } as const) : ({ channel, subject: subject || "Message", html: htmlOf(text) } as const);
    const result = await conversations(locationId).send({ ...content, to: contactId, key });
    switch (result.outcome) {
      case "sent": {
        const sent = await change(locationId, id, { state: "sent", messageIds: [...messageIds, result.messageId] });
        return watch(locationId, sent);
      }
      case "opted_out":
        return void (await change(locationId, id, { state: "refused", reason: "The person does not want messages on this channel." }));
      case "unreachable":
        return void (await change(locationId, id, {
          state: "refused",
          reason: `The person cannot be reached: ${result.why.replace("_", " ")}.`,
        }));
      case "unknown":
        return void (await change(locationId, id, { state: "checking" }));
    }
  }

  async function watch(locationId: string, { id, messageIds }: Outgoing): Promise<void> {
    const result = await conversations(locationId).delivery(messageIds.at(-1) ?? "", { withinMs: watchMs, signal: backend.signal });
    if (result.outcome === "delivered") await change(locationId, id, { state: "delivered" });
    else if (result.outcome === "failed") await change(locationId, id, { state: "failed", reason: result.reason ?? result.status });
    else await change(locationId, id, { state: "quiet" });
  }

  const begin = (locationId: string, id: string): void =>
    void work(locationId, id).catch((error: unknown) => backend.signal.aborted || console.error(error));

  return {
    async write(locationId, message, seen) {
      const { id, threadId } = message;
      const at = new Date(backend.clock.now()).toISOString();
      const begun = { ...message, at, state: "sending", attempts: 1, messageIds: [] } as const;
      // Two agents may answer at the same moment.
      const kept = await documents(locationId).addInTurn({ threadId }, id, begun, (newest) => {
        if (newest.some(({ at: answeredAt }) => answeredAt > seen))
          throw new Refusal("This was answered meanwhile: look at the answer, then send yours if it is still needed.");
      });
      backend.channel.publish(locationId, { type: "outgoing", data: kept });
      begin(locationId, id);
      return kept;
    },
    async again(locationId, id) {
      const known = await documents(locationId).get(id);
      if (known === undefined || open.has(known.state) || known.state === "delivered") throw new Refusal("This message did not fail.");
      const next = await change(locationId, id, { state: "sending", attempts: known.attempts + 1 });
      begin(locationId, id);
      return next;
    },
    async list(locationId, threadId) {
      return (await documents(locationId).list({ threadId })).toReversed();
    },
    async resume() {
      for (const locationId of backend.locations()) for (const { id } of await documents(locationId).open()) begin(locationId, id);
    },
  };
}

function htmlOf(text: string): string {
  return `<p>${text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll("\n", "<br>")}</p>`;
}
