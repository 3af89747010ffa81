import type { User } from "../../state/user.ts";

/** A user as searches show it. */
export function foundUserView(user: User): Record<string, unknown> {
  const { totpEnabled: _, scopesAssignedToOnly: __, ...view } = userView(user);
  return view;
}

/** A user as answers show it. */
export function userView(user: User): Record<string, unknown> {
  const { companyId: _, type, role, locationIds, dateAdded: __, ...fields } = user;
  const account = { lcPhone: {}, platformLanguage: "en_US", totpEnabled: false, scopesAssignedToOnly: user.scopes };
  return {
    ...account,
    ...fields,
    name: `${user.firstName} ${user.lastName}`.trim(),
    roles: { type, role, locationIds, restrictSubAccount: false },
  };
}
