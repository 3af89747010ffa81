import { isGhlError } from "@ghlkit/core";
import type { UpdateTagsResponse } from "@ghlkit/contract/types/contacts";
import { contactTags } from "./contact-tags.ts";
import type { ContactsClient } from "./contacts-client.ts";

/** What became of the tags of one contact. */
export interface ChangedTags {
  readonly contactId: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What became of the tags of several contacts. */
export interface TagsResult {
  /** `partly`: see `failed`. */
  readonly outcome: "changed" | "unchanged" | "partly";
  readonly contacts: readonly ChangedTags[];
  readonly failed: readonly { readonly contactId: string; readonly message: string }[];
  readonly calls: number;
}

/** How many contacts one call changes. How many the platform takes is not documented; its lists end at a hundred. */
const batchSize = 100;

/** Adds or removes tags as sets, in calls of a hundred contacts. Contacts that are named twice are changed once. */
export async function changeTags(
  { contacts }: Pick<ContactsClient, "contacts">,
  type: "add" | "remove",
  contactIds: string | readonly string[],
  tags: readonly string[],
): Promise<TagsResult> {
  const ids = [...new Set(typeof contactIds === "string" ? [contactIds] : contactIds)];
  const wanted = [...contactTags(tags)];
  const changed: ChangedTags[] = [];
  const failed: { contactId: string; message: string }[] = [];
  let calls = 0;
  for (let start = 0; wanted.length > 0 && start < ids.length; start += batchSize) {
    const batch = ids.slice(start, start + batchSize);
    calls += 1;
    try {
      const answer = await contacts.bulkUpdateTags({ type, body: { contacts: batch, tags: wanted } });
      sort(batch, answer.responses ?? [], { changed, failed });
    } catch (error) {
      if (!isGhlError(error, "not_found") || batch.length > 1) throw error;
      failed.push({ contactId: batch[0] as string, message: error.message });
    }
  }
  const isChanged = changed.some(({ added, removed }) => added.length + removed.length > 0);
  return { outcome: failed.length > 0 ? "partly" : isChanged ? "changed" : "unchanged", contacts: changed, failed, calls };
}

type Responses = NonNullable<UpdateTagsResponse["responses"]>;

function sort(
  batch: readonly string[],
  responses: Responses,
  into: { readonly changed: ChangedTags[]; readonly failed: { contactId: string; message: string }[] },
): void {
  const byId = new Map(responses.map((response) => [response.contactId, response]));
  for (const contactId of batch) {
    const { type, message, tagsAdded, tagsRemoved } = byId.get(contactId) ?? { type: "error", message: "The answer does not name it." };
    if (type === "error") into.failed.push({ contactId, message: message ?? "" });
    else into.changed.push({ contactId, added: tagsAdded ?? [], removed: tagsRemoved ?? [] });
  }
}
