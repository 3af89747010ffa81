import { startPage, thePage, withRows, type LiveEvent } from "@ghlkit/app-kit/client";
import type { OpenThread, ThreadRow } from "../inbox.ts";
import { InboxPage } from "./inbox-page.tsx";
import { seeContact, seeDealGone, seeDeals, seeMessage, seeOutgoing, refreshThread } from "./open-thread.ts";
import "./inbox.css";

/** What the page shows. */
export interface InboxState {
  readonly threads: readonly ThreadRow[];
}

function apply(state: InboxState, { type, data }: LiveEvent): InboxState {
  if (type === "message") seeMessage(data as Parameters<typeof seeMessage>[0]);
  if (type === "outgoing") seeOutgoing(data as OpenThread["outgoing"][number]);
  if (type === "contact") seeContact(data as Parameters<typeof seeContact>[0]);
  if (type === "deals") seeDeals(data as Parameters<typeof seeDeals>[0]);
  if (type === "deal_gone") seeDealGone(data as Parameters<typeof seeDealGone>[0]);
  if (type !== "threads") return state;
  const threads = withRows(state.threads, data as { upsert?: ThreadRow[]; remove?: string[] });
  return { threads: threads.toSorted((one, other) => other.lastAt.localeCompare(one.lastAt)) };
}

startPage<InboxState>(() => <InboxPage />, apply);
const { state, link } = thePage<InboxState>();
state.subscribe(({ threads }) => {
  const unread = threads.filter((thread) => thread.unread > 0).length;
  document.title = unread === 0 ? "Inbox" : `(${unread}) Inbox`;
});
// What was missed while the connection was made again.
link.subscribe((now) => now === "live" && void refreshThread());
