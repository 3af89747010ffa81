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

export async function refreshThread(): Promise<void> {
  const id = openId.value;
  if (id === "") return;
  const answer = await send<{ readonly thread: OpenThread }>("/thread", { id }, newKey());
  if (openId.value !== id) return;
  problem.value = answer.ok ? "" : answer.message;
  if (answer.ok) thread.value = answer.thread;
}

export async function readOlder(): Promise<void> {
  const shown = thread.value;
  const list = document.querySelector("#messages");
  const answer = await send<Pick<OpenThread, "messages" | "hasOlder">>(
    "/older",
    { id: openId.value, before: shown?.messages[0]?.at },
    newKey(),
  );
  if (!answer.ok || shown === undefined) return notify({ text: answer.ok ? "" : answer.message, kind: "bad" });
  // What is read stays where it is: the height that comes above is added to the position.
  const height = list?.scrollHeight ?? 0;
  thread.value = { ...shown, messages: [...answer.messages, ...shown.messages], hasOlder: answer.hasOlder };
  requestAnimationFrame(() => list?.scrollBy(0, list.scrollHeight - height));
}

export function seeMessage(message: MessageRow & { readonly threadId: string }): void {
  const shown = thread.value;
  if (shown?.row.id !== message.threadId) return;
  const isKnown = shown.messages.some(({ id }) => id === message.id);
  const atEnd = isAtEnd();
  const messages = isKnown
    ? shown.messages.map((one) => (one.id === message.id ? message : one))
    : [...shown.messages, message].toSorted((one, other) => one.at.localeCompare(other.at));
  thread.value = { ...shown, messages };
  if (isKnown || message.direction !== "inbound") return;
  if (atEnd) scrollToEnd();
  else unseen.value += 1;
}

export function seeOutgoing(message: Outgoing): void {
  const shown = thread.value;
  if (shown?.row.id !== message.threadId) return;
  const isKnown = shown.outgoing.some(({ id }) => id === message.id);
  const outgoing = isKnown ? shown.outgoing.map((one) => (one.id === message.id ? message : one)) : [...shown.outgoing, message];
  thread.value = { ...shown, outgoing };
  if (!isKnown) scrollToEnd();
}

export function seeContact({ id, channels, contact }: Pick<OpenThread, "channels" | "contact"> & { readonly id: string }): void {
  if (thread.value?.row.contactId === id) thread.value = { ...thread.value, channels, contact };
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
