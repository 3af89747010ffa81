import { newKey, notify, send } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { MessageRow, OpenThread } from "../inbox.ts";
import type { Outgoing } from "../outbox.ts";

/** The thread that is shown, and its id, which is in the address. */
export const openId = signal(new URLSearchParams(location.search).get("thread") ?? "");
export const thread = signal<OpenThread | undefined>(undefined);
/** Messages that came in while an older part was read. */
export const unseen = signal(0);
export const problem = signal("");

export async function openThread(id: string): Promise<void> {
  if (id !== openId.value) history.pushState(null, "", id === "" ? location.pathname : `?thread=${encodeURIComponent(id)}`);
  openId.value = id;
  if (thread.value?.row.id !== id) thread.value = undefined;
  unseen.value = 0;
  await refreshThread();
  scrollToEnd();
}

/** What the page has learned by events: an answer that was under way meanwhile may not have it. */
let events = 0;
let refreshes = 0;

export async function refreshThread(): Promise<void> {
  const id = openId.value;
  if (id === "") return;
  const [known, turn] = [events, (refreshes += 1)];
  const answer = await send<{ readonly thread: OpenThread }>("/thread", { id }, newKey());
  // A later one has what this one has, and more.
  if (openId.value !== id || turn !== refreshes) return;
  problem.value = answer.ok ? "" : answer.message;
  if (!answer.ok) return;
  const shown = thread.value?.row.id === id ? thread.value : undefined;
  // Older messages that were read stay, and so does what came in while this was read.
  const { messages } = answer.thread;
  const isJoined = shown?.messages.some((one) => messages.some((other) => other.id === one.id)) ?? false;
  thread.value =
    isJoined && shown !== undefined
      ? { ...answer.thread, hasOlder: shown.hasOlder, messages: merged(shown.messages, messages) }
      : answer.thread;
  if (events !== known) await refreshThread();
}

let isReadingOlder = false;

export async function readOlder(): Promise<void> {
  const [id, before] = [openId.value, thread.value?.messages[0]?.at];
  if (isReadingOlder) return;
  isReadingOlder = true;
  const answer = await send<Pick<OpenThread, "messages" | "hasOlder">>("/older", { id, before }, newKey());
  isReadingOlder = false;
  const shown = thread.value;
  // Another thread was opened meanwhile.
  if (shown?.row.id !== id) return;
  if (!answer.ok) return notify({ text: answer.message, kind: "bad" });
  // What is read stays where it is: the height that comes above is added to the position.
  const list = document.querySelector("#messages");
  const [height, top] = [list?.scrollHeight ?? 0, list?.scrollTop ?? 0];
  thread.value = { ...shown, messages: merged(answer.messages, shown.messages), hasOlder: answer.hasOlder };
  requestAnimationFrame(() => list?.scrollTo(0, top + list.scrollHeight - height));
}

/** Each message once, the later list's one; in the order of time. */
function merged(...lists: readonly (readonly MessageRow[])[]): readonly MessageRow[] {
  return [...new Map(lists.flat().map((message) => [message.id, message])).values()].toSorted((one, other) =>
    one.at.localeCompare(other.at),
  );
}

/** The thread that an event concerns, if it is the one that is shown. One that is just being opened may be it. */
function concerned(isIt: (row: OpenThread["row"]) => boolean): OpenThread | undefined {
  const shown = thread.value;
  if (shown !== undefined && !isIt(shown.row)) return undefined;
  events += 1;
  return shown;
}

export function seeMessage(message: MessageRow & { readonly threadId: string }): void {
  const shown = concerned(({ id }) => id === message.threadId);
  if (shown === undefined) return;
  const isKnown = shown.messages.some(({ id }) => id === message.id);
  const atEnd = isAtEnd();
  thread.value = { ...shown, messages: merged(shown.messages, [message]) };
  if (isKnown || message.direction !== "inbound") return;
  if (atEnd) scrollToEnd();
  else unseen.value += 1;
}

export function seeOutgoing(message: Outgoing): void {
  const shown = concerned(({ id }) => id === message.threadId);
  if (shown === undefined) return;
  const known = shown.outgoing.find(({ id }) => id === message.id);
  // The answer to the form says that it is being sent, and may come after the event that says what became of it.
  if (known !== undefined && message.state === "sending" && known.state !== "sending" && known.attempts >= message.attempts) return;
  const outgoing =
    known !== undefined ? shown.outgoing.map((one) => (one.id === message.id ? message : one)) : [...shown.outgoing, message];
  thread.value = { ...shown, outgoing };
  if (known === undefined) scrollToEnd();
}

export function seeContact({ id, channels, contact }: Pick<OpenThread, "channels" | "contact"> & { readonly id: string }): void {
  const shown = concerned((row) => row.contactId === id);
  if (shown !== undefined) thread.value = { ...shown, channels, contact };
}

export function seeDeals({ contactId, deals }: Pick<OpenThread, "deals"> & { readonly contactId: string }): void {
  const shown = concerned((row) => row.contactId === contactId);
  if (shown !== undefined) thread.value = { ...shown, deals };
}

export function seeDealGone({ id }: { readonly id: string }): void {
  const shown = concerned(() => true);
  if (shown !== undefined) thread.value = { ...shown, deals: shown.deals.filter((deal) => deal.id !== id) };
}

/** When the newest answer that is shown here was written. */
export function lastAnswerAt(): string {
  return thread.value?.outgoing.at(-1)?.at ?? "";
}

export function scrollToEnd(): void {
  unseen.value = 0;
  requestAnimationFrame(() => document.querySelector("#messages")?.scrollTo(0, 1e9));
}

function isAtEnd(): boolean {
  const list = document.querySelector("#messages");
  return list === null || list.scrollHeight - list.scrollTop - list.clientHeight < 40;
}

addEventListener("popstate", () => void openThread(new URLSearchParams(location.search).get("thread") ?? ""));
