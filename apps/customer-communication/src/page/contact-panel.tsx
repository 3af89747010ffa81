import { Form, notify } from "@ghlkit/app-kit/client";
import type { VNode } from "preact";
import type { OpenThread } from "../inbox.ts";
import { thread as shown } from "./open-thread.ts";

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
