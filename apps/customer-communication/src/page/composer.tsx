import { newKey, notify, send, useDraft } from "@ghlkit/app-kit/client";
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import type { OpenThread } from "../inbox.ts";
import type { Channel } from "../outbox.ts";
import { lastAnswerAt, refreshThread } from "./open-thread.ts";
import { smsLength } from "./sms-length.ts";

const names: Readonly<Record<Channel, string>> = { sms: "SMS", email: "E-mail" };

/** Writes in one channel; a draft for each thread and channel is kept. */
export function Composer({ thread }: { thread: OpenThread }): VNode {
  const channel = useSignal<Channel>(thread.channels.sms.isOpen || !thread.channels.email.isOpen ? "sms" : "email");
  return (
    <div class="composer">
      <div class="tabs" role="group" aria-label="Channel">
        {(["sms", "email"] as const).map((name) => (
          <button
            type="button"
            key={name}
            aria-pressed={channel.value === name}
            aria-disabled={!thread.channels[name].isOpen}
            onClick={() => (channel.value = name)}
          >
            {names[name]}
            {!thread.channels[name].isOpen && <span class="hidden">: {thread.channels[name].why}</span>}
          </button>
        ))}
      </div>
      <Draft key={channel.value} thread={thread} channel={channel.value} />
    </div>
  );
}

interface Written {
  readonly key: string;
  readonly text: string;
  readonly subject: string;
  /** The last answer that was there when it was sent first. */
  readonly seen?: string;
}

function Draft({ thread, channel }: { thread: OpenThread; channel: Channel }): VNode {
  const fresh = (): Written => ({ key: newKey(), text: "", subject: "" });
  const draft = useDraft<Written>(`${thread.row.id}:${channel}`, fresh());
  const isBusy = useSignal(false);
  const { isOpen, why } = thread.channels[channel];
  const { text, subject } = draft.value.value;
  const set = (change: Partial<Written>): void => draft.set({ ...draft.value.value, ...change });
  const submit = async (): Promise<void> => {
    const { key, text: wanted, subject: title, seen = lastAnswerAt() } = draft.value.value;
    if (isBusy.value || wanted.trim() === "" || !isOpen) return;
    isBusy.value = true;
    const written = { key, text: wanted, subject: title, seen };
    draft.set(written);
    const answer = await send("/send", { id: thread.row.id, channel, text: wanted, subject: title, seen }, key);
    isBusy.value = false;
    // What was typed meanwhile is another message, and so is one that was changed after its answer was lost.
    if (draft.value.value !== written || (!answer.ok && !answer.retry))
      draft.set({ key: newKey(), text: draft.value.value.text, subject: draft.value.value.subject });
    else if (answer.ok) draft.clear(fresh());
    if (!answer.ok && !answer.retry) void refreshThread();
    if (!answer.ok)
      notify({ text: answer.message, kind: "bad", ...(answer.retry && { action: { label: "Try again", run: () => void submit() } }) });
  };
  const length = smsLength(text);
  return (
    <form
      class="draft"
      aria-busy={isBusy.value}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {!isOpen && <p class="problem">{why} What you have written is kept.</p>}
      {channel === "email" && (
        <>
          <label class="hidden" for="subject">
            Subject
          </label>
          <input
            id="subject"
            placeholder="Subject"
            value={subject}
            onInput={({ currentTarget }) => set({ subject: currentTarget.value })}
          />
        </>
      )}
      <label class="hidden" for="text">
        Text
      </label>
      <textarea
        id="text"
        rows={channel === "sms" ? 2 : 5}
        placeholder={`${names[channel]} to ${thread.row.person}`}
        value={text}
        onInput={({ currentTarget }) => set({ text: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void submit();
        }}
      />
      <p class="row">
        <button type="submit" class="main" aria-disabled={isBusy.value || !isOpen || text.trim() === ""}>
          Send
        </button>
        <small class="soft">Ctrl+Enter sends</small>
        {channel === "sms" && (
          <small class="soft num">
            {length.used}/{length.room}
            {length.parts > 1 && ` · ${length.parts} parts`}
          </small>
        )}
      </p>
    </form>
  );
}
