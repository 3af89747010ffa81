import type { LocationClient } from "@ghlkit/client";
import { timeline } from "@ghlkit/crm/contacts";

export async function lastMessage(location: LocationClient, contactId: string): Promise<string | undefined> {
  for await (const entry of timeline(location, contactId, { kinds: ["message", "note"] })) {
    if (entry.kind === "message") return entry.message.body;
  }
  return undefined;
}
