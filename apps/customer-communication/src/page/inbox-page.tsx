import { Empty, formatMoment, Shell, thePage } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import type { ThreadRow } from "../inbox.ts";
import type { InboxState } from "./inbox.tsx";
import { openId, openThread } from "./open-thread.ts";
import { ThreadView } from "./thread-view.tsx";

const search = signal("");

export function InboxPage(): VNode {
  const { threads } = thePage<InboxState>().state.value;
  const wanted = search.value.toLowerCase();
  const shown = threads.filter(({ person, lastText }) => `${person} ${lastText}`.toLowerCase().includes(wanted));
  return (
    <Shell title="Inbox">
      <div class={openId.value === "" ? "inbox" : "inbox open"}>
        <nav class="threads" aria-label="Threads">
          <label class="hidden" for="search">
            Search
          </label>
          <input id="search" type="search" placeholder="Search" onInput={({ currentTarget }) => (search.value = currentTarget.value)} />
          {threads.length === 0 && <Empty>No messages yet. The first one that comes in shows here.</Empty>}
          {shown.map((row) => (
            <ThreadButton key={row.id} row={row} />
          ))}
        </nav>
        {openId.value === "" ? <Empty>Choose a thread.</Empty> : <ThreadView />}
      </div>
    </Shell>
  );
}

function ThreadButton({ row: { id, person, lastText, lastAt, unread } }: { row: ThreadRow }): VNode {
  return (
    <button type="button" class="thread" aria-current={openId.value === id} onClick={() => void openThread(id)}>
      <strong>
        {unread > 0 && (
          <span class="unread">
            ● <span class="hidden">{unread} unread, </span>
          </span>
        )}
        {person}
      </strong>
      <small class="soft">{formatMoment(lastAt)}</small>
      <span class="soft last">{lastText}</span>
    </button>
  );
}
