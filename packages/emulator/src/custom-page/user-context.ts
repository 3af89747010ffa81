import { isWhiteLabel } from "../oauth/emit-lifecycle-event.ts";
import type { World } from "../world.ts";
import { encryptUserContext } from "./encrypt-user-context.ts";

/** Who looks at a custom page, and where. */
export interface UserContextOptions {
  /** Default: the seeded administrator of the location. */
  readonly userId?: string;
  /** The location they are in; `null` for the agency's level. Default: the seeded location. */
  readonly locationId?: string | null;
  /** Default: the seeded app's shared secret. */
  readonly sharedSecret?: string;
  /** Fields to add or to replace in what is encrypted. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * What a custom page is handed for `REQUEST_USER_DATA`.
 * @throws Error when there is no such user.
 */
export function userContext(world: World, options: UserContextOptions = {}): string {
  const { seed, oauth } = world;
  const { userId = seed.users.admin, locationId = seed.locationId, sharedSecret = oauth.app.sharedSecret, fields = {} } = options;
  const user = world.state.users.get(userId);
  if (user === undefined) throw new Error(`There is no user ${userId}.`);
  const context = {
    userId,
    companyId: user.companyId,
    role: user.role,
    type: user.type === "agency" ? "agency" : "location",
    ...(locationId !== null && { activeLocation: locationId }),
    userName: `${user.firstName} ${user.lastName}`,
    email: user.email,
    isAgencyOwner: userId === seed.users.agencyOwner,
    versionId: oauth.app.versionId,
    appStatus: "live",
    ...(isWhiteLabel(world) && {
      whitelabelDetails: { domain: "app.lighthouse.example", logoUrl: "https://app.lighthouse.example/logo.png" },
    }),
    ...fields,
  };
  return encryptUserContext(context, sharedSecret, Buffer.from(oauth.ids.object().slice(0, 16), "hex"));
}
