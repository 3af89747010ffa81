import type { Seed } from "../../seed/seed.ts";
import type { User } from "../../state/user.ts";
import { userPermissions } from "./user-permissions.ts";
import type { Seeding } from "../service.ts";

/** An admin and a member of the first location, the agency's owner, and an admin of the second location. */
export function seedUsers({ seed, state, now }: Seeding): void {
  for (const user of users(seed, now)) state.users.put(user);
}

function users(seed: Seed, now: string): readonly User[] {
  const { users: ids, companyId, locationId, secondLocationId } = seed;
  const user = (id: string, firstName: string, lastName: string, more: Pick<User, "type" | "role" | "locationIds">): User => ({
    id,
    companyId,
    firstName,
    lastName,
    email: `${firstName.toLowerCase()}@agency.example`,
    phone: "+12025550110",
    extension: "",
    permissions: userPermissions,
    scopes: ["contacts.write", "opportunities.write", "conversations.write"],
    deleted: false,
    dateAdded: now,
    ...more,
  });
  return [
    user(ids.admin, "Ada", "Admin", { type: "account", role: "admin", locationIds: [locationId] }),
    user(ids.member, "Milo", "Member", { type: "account", role: "user", locationIds: [locationId] }),
    user(ids.agencyOwner, "Olga", "Owner", { type: "agency", role: "admin", locationIds: [locationId, secondLocationId] }),
    user(ids.secondLocation, "Sven", "Second", { type: "account", role: "admin", locationIds: [secondLocationId] }),
  ];
}
