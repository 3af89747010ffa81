import type { LocationClient } from "@ghlkit/client";
import type { GetContactById } from "@ghlkit/contract/types/contacts";

/** A contact as reads of one contact show it. */
export type Contact = GetContactById;

/** A client bound to one location: `createClient(…).location(id)` and `createGhl(…).location(id)` both fit. */
export type ContactsClient = Pick<LocationClient, "contacts" | "locations">;
