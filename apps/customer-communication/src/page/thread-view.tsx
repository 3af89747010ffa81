import { formatMoment, newKey, notify, send } from "@ghlkit/app-kit/client";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import type { MessageRow, OpenThread } from "../inbox.ts";
import type { Outgoing } from "../outbox.ts";
import { Composer } from "./composer.tsx";
import { ContactPanel } from "./contact-panel.tsx";
import { openId, openThread, problem, readOlder, scrollToEnd, thread, unseen } from "./open-thread.ts";

/** Icon and word of each state: never the colour alone. */
const states: Readonly<Record<Outgoing["state"], string>> = {
  sending: "… Sending",
  checking: "? Checking whether it was sent",
  waiting: "… Waiting for HighLevel",
  sent: "✓ Sent",
  delivered: "✓✓ Delivered",
  quiet: "✓ Sent, no news yet",
  failed: "! Failed",
  refused: "! Not sent",
};

export function ThreadView(): VNode {
  const shown = thread.value;
  useEffect(() => {
    if (thread.value?.row.id !== openId.value) void openThread(openId.value);
  }, [openId.value]);
  if (shown === undefined) return <p class="empty">{problem.value || "Loading …"}</p>;
  const own = new Set(shown.outgoing.flatMap(({ messageIds }) => messageIds));
  // One that is on its way may be in the thread before its answer has come: it has its bubble already.
  const underWay = shown.outgoing.filter(({ state }) => state === "sending" || state === "checking" || state === "waiting");
  for (const one of underWay) {
    const isIt = ({ id, direction, type, text, at }: MessageRow): boolean =>
      !own.has(id) &&
      direction === "outbound" &&
      (one.channel === "sms" ? one.text === text : /email/i.test(type)) &&
      Date.parse(at) >= Date.parse(one.at) - 1000;
    const message = shown.messages.find(isIt);
    if (message !== undefined) own.add(message.id);
  }
  const bubbles = [
    ...shown.messages
      .filter((message) => !own.has(message.id))
      .map((message) => ({ at: message.at, view: <Bubble key={message.id} message={message} /> })),
    ...shown.outgoing
      .filter(({ at }) => !shown.hasOlder || at >= (shown.messages[0]?.at ?? ""))
      .map((message) => ({ at: message.at, view: <OutgoingBubble key={message.id} message={message} /> })),
  ].toSorted((one, other) => one.at.localeCompare(other.at));
  return (
    <>
      <section class="conversation" aria-label={shown.row.person}>
        <h2>
          <button type="button" class="back" onClick={() => void openThread("")} aria-label="All threads">
            ‹
          </button>
          {shown.row.person}
        </h2>
        <div id="messages" role="log" aria-label="Messages" tabIndex={0}>
          {shown.hasOlder && (
            <button type="button" onClick={() => void readOlder()}>
              Older messages
            </button>
          )}
          {bubbles.map(({ view }) => view)}
        </div>
        {unseen.value > 0 && (
          <button type="button" class="main new" onClick={scrollToEnd}>
            {unseen.value} new
          </button>
        )}
        <Composer key={shown.row.id} thread={shown} />
      </section>
      <ContactPanel key={shown.row.contactId} thread={shown} />
    </>
  );
}

function Bubble({ message: { direction, text, isHtml, at, status } }: { message: MessageRow }): VNode {
  return (
    <article class={`bubble ${direction}`}>
      {isHtml ? <iframe class="mail" title="E-mail" sandbox="" srcdoc={text} /> : <p>{text}</p>}
      <small class="soft">
        {formatMoment(at)} {direction === "outbound" && status}
      </small>
    </article>
  );
}

function OutgoingBubble({ message: { id, text, subject, at, state, reason, attempts } }: { message: Outgoing }): VNode {
  const retry = async (): Promise<void> => {
    const answer = await send("/again", { id }, newKey());
    if (!answer.ok) notify({ text: answer.message, kind: "bad" });
  };
  return (
    <article class={`bubble outbound ${state === "failed" || state === "refused" ? "wrong" : ""}`}>
      {subject !== undefined && <strong>{subject}</strong>}
      <p>{text}</p>
      <small>
        {formatMoment(at)} {states[state]}
        {reason !== undefined && (state === "failed" || state === "refused") && `: ${reason}`}
        {attempts > 1 && ` · ${attempts} attempts`}
      </small>
      {(state === "failed" || state === "quiet" || state === "refused") && (
        <button type="button" onClick={() => void retry()}>
          {state === "quiet" ? "Send again" : "Retry"}
        </button>
      )}
    </article>
  );
}

export type { OpenThread };
