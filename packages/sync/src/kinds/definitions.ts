import { appointments } from "./appointments.ts";
import { contacts } from "./contacts.ts";
import { conversations } from "./conversations.ts";
import { invoices } from "./invoices.ts";
import type { Kind, KindDefinition } from "./kind.ts";
import { messages } from "./messages.ts";
import { opportunities } from "./opportunities.ts";
import { transactions } from "./transactions.ts";

/** What is particular to each kind. */
export const definitions: Readonly<Record<Kind, KindDefinition>> = {
  contacts,
  opportunities,
  appointments,
  conversations,
  messages,
  invoices,
  transactions,
};
