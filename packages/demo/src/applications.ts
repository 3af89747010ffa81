import { fileURLToPath } from "node:url";
import type { Story } from "@ghlkit/app-kit/story";
import { story as booking } from "@ghlkit/app-appointment-booking/story";
import { story as inbox } from "@ghlkit/app-customer-communication/story";
import { story as leads } from "@ghlkit/app-lead-management/story";
import { story as payments } from "@ghlkit/app-payments/story";

/** An application of the demo. */
export interface Application {
  readonly name: string;
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly purpose: string;
  /** The file that is run. */
  readonly main: string;
  readonly port: number;
  readonly story: Story;
}

const mainOf = (name: string): string => fileURLToPath(import.meta.resolve(`@ghlkit/app-${name}/main`));

export const applications: readonly Application[] = [
  {
    name: "leads",
    title: "Leads",
    purpose: "A contact, its tags, an opportunity and a follow-up come of a form, and move on a board.",
    main: mainOf("lead-management"),
    port: 3001,
    story: leads,
  },
  {
    name: "inbox",
    title: "Inbox",
    purpose: "A customer's SMS arrives in a thread, is answered once, and STOP closes the channel.",
    main: mainOf("customer-communication"),
    port: 3002,
    story: inbox,
  },
  {
    name: "booking",
    title: "Booking",
    purpose: "A visitor books a time in their own zone; one slot has one appointment.",
    main: mainOf("appointment-booking"),
    port: 3003,
    story: booking,
  },
  {
    name: "payments",
    title: "Payments",
    purpose: "A quote is accepted on a private page, becomes an invoice, is paid in parts, and wins the opportunity.",
    main: mainOf("payments"),
    port: 3004,
    story: payments,
  },
];
