import type { Service } from "../service.ts";
import { seedUsers } from "./seed-users.ts";
import { userChanges } from "./user-changes.ts";
import { userHandlers } from "./users.ts";

/** Users of a company and of its locations. */
export const usersService: Service = {
  handlers: userHandlers,
  changes: ({ users }, publish) => users.onChange((before, after) => publish(() => userChanges(before, after))),
  seed: seedUsers,
};
