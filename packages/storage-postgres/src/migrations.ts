import { auth } from "./migrations/001-auth.ts";
import { rateAndJournal } from "./migrations/002-rate-and-journal.ts";
import { inbox } from "./migrations/003-inbox.ts";
import { inboxPlans } from "./migrations/004-inbox-plans.ts";

/** Each step brings the tables from one version to the next, in the order of its number. A step that was released is never changed. */
export const migrations: readonly string[] = [auth, rateAndJournal, inbox, inboxPlans];
