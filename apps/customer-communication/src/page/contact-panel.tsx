import { createPending, Form, newKey, notify, send } from "@ghlkit/app-kit/client";
import type { VNode } from "preact";
import type { Deal } from "../deals.ts";
import type { OpenThread } from "../inbox.ts";
import { thread as shown } from "./open-thread.ts";

const moves = createPending<Deal>();

async function move(deal: Deal, stage: string): Promise<void> {
  const body = { id: deal.id, pipeline: deal.pipelineId, stage, from: deal.stageId };
  const answer = await moves.send(deal.id, { stageId: stage }, async () => {
    const moved = await send<{ readonly stageId: string }>("/stage", body, newKey());
    const { value } = shown;
    if (moved.ok && value !== undefined)
      shown.value = { ...value, deals: value.deals.map((one) => (one.id === deal.id ? { ...one, stageId: moved.stageId } : one)) };
    return moved;
  });
  const isRetried = !answer.ok && answer.retry;
  if (answer.ok) notify({ text: `${deal.title} was moved in HighLevel.`, kind: "good" });
  else
    notify({
      text: answer.message,
      kind: "bad",
      ...(isRetried && { action: { label: "Try again", run: () => void move(deal, stage) } }),
    });
}

function Stage({ deal }: { deal: Deal & { readonly isPending: boolean } }): VNode {
  const id = `stage-${deal.id}`;
  return (
    <p class="field">
      <label for={id}>Stage of {deal.title}</label>
      <select
        id={id}
        class={deal.isPending ? "pending" : ""}
        aria-busy={deal.isPending}
        onChange={({ currentTarget }) => void move(deal, currentTarget.value)}
      >
        {deal.stages.every((stage) => stage.id !== deal.stageId) && <option value={deal.stageId}>Not known</option>}
        {deal.stages.map((stage) => (
          <option key={stage.id} value={stage.id} selected={stage.id === deal.stageId}>
            {stage.name}
          </option>
        ))}
      </select>
    </p>
  );
}

/** Who it is, and what is noted of them in HighLevel. */
export function ContactPanel({ thread }: { thread: OpenThread }): VNode {
  const { contact, row } = thread;
  const addTags = (tags: readonly string[]): void => {
    if (shown.value?.row.contactId === row.contactId) shown.value = { ...shown.value, contact: { ...shown.value.contact, tags } };
  };
  return (
    <aside class="panel" aria-label="Contact">
      <h2>{row.person}</h2>
      <p class="soft">{[contact.phone, contact.email].filter(Boolean).join(" · ") || "No phone number, no e-mail address"}</p>
      <p class="row">
        {contact.tags.map((tag) => (
          <span class="badge" key={tag}>
            {tag}
          </span>
        ))}
      </p>
      {thread.deals.map(moves.over).map((deal) => (
        <Stage key={deal.id} deal={deal} />
      ))}
      <Form<{ tags: readonly string[] }>
        name={`tag-${row.contactId}`}
        action="/tags"
        submit="Add tag"
        isSecondary
        extra={{ contactId: row.contactId }}
        onDone={({ tags }) => addTags(tags)}
      >
        {(field) => field({ name: "tag", label: "Tag" })}
      </Form>
      <Form
        name={`note-${row.contactId}`}
        action="/notes"
        submit="Add note"
        isSecondary
        extra={{ contactId: row.contactId }}
        onDone={() => notify({ text: "The note is in HighLevel.", kind: "good" })}
      >
        {(field) => field({ name: "note", label: "Note", type: "textarea" })}
      </Form>
    </aside>
  );
}
