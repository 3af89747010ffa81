import { fileURLToPath } from "node:url";
import type { Story } from "@ghlkit/app-kit/story";
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
    name: "payments",
    title: "Payments",
    purpose: "A quote is accepted on a private page, becomes an invoice, is paid in parts, and wins the opportunity.",
    main: mainOf("payments"),
    port: 3004,
    story: payments,
  },
];
