import type { User } from "../../state/user.ts";

/** A user as answers show it. */
export function userView(user: User): Record<string, unknown> {
  const { companyId: _, type, role, locationIds, dateAdded: __, ...fields } = user;
  return { ...fields, name: `${user.firstName} ${user.lastName}`.trim(), roles: { type, role, locationIds, restrictSubAccount: false } };
}
