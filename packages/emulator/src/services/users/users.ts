import { reply } from "../../http/answer.ts";
import { badRequest, forbiddenLocation } from "../../http/refusal.ts";
import type { User } from "../../state/user.ts";
import { locationOf, nowIso, param, queryNumber, queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { userPermissions } from "./user-permissions.ts";
import { foundUserView, userView } from "./user-view.ts";

/** Users of a company and its locations. */
export const userHandlers: Handlers = {
  "users.get": (call) => reply(200, userView(userOf(call))),

  "users.list": (call) => {
    const users = companyUsers(call).filter((user) => user.locationIds.includes(locationOf(call)));
    return reply(200, { users: users.map(foundUserView) });
  },

  "users.search": (call) => {
    const found = companyUsers(call).filter(userFilter(call));
    const skip = queryNumber(call, "skip", 0);
    const page = found.slice(skip, skip + queryNumber(call, "limit", 25));
    return reply(200, { users: page.map(foundUserView), count: found.length });
  },

  "users.searchByEmail": (call) => {
    // The documents show the addresses as one text; commas part them.
    const { emails, skip = 0, limit = 25 } = call.body as { emails: string; skip?: string | number; limit?: string | number };
    const wanted = new Set(emails.split(",").map((email) => email.trim().toLowerCase()));
    const found = companyUsers(call).filter((user) => wanted.has(user.email.toLowerCase()));
    return reply(200, { users: found.slice(Number(skip), Number(skip) + Number(limit)).map(foundUserView), count: found.length });
  },

  "users.create": (call) => {
    const input = readUser(call);
    refuseTakenEmail(call, input.email);
    const user = call.world.state.users.put({
      firstName: "",
      lastName: "",
      email: "",
      phone: "",
      extension: "",
      type: "account",
      role: "user",
      locationIds: [],
      permissions: userPermissions,
      scopes: [],
      deleted: false,
      ...input,
      id: call.world.ids.record(),
      companyId: call.credential?.companyId ?? call.world.seed.companyId,
      dateAdded: nowIso(call),
    });
    return reply(201, userView(user));
  },

  "users.update": (call) => {
    const before = userOf(call);
    const input = readUser(call, before.permissions);
    if (input.email !== undefined && input.email !== before.email) refuseTakenEmail(call, input.email);
    return reply(200, userView(call.world.state.users.put({ ...before, ...input })));
  },

  "users.delete": (call) => {
    call.world.state.users.delete(userOf(call).id);
    return reply(200, { ...(call.generation === "v3" ? { succeeded: true } : { succeded: true }), message: "The user is being deleted." });
  },
};

/** The user that the path names, if the token reaches one of the user's locations. */
function userOf(call: Call): User {
  const id = param(call, "userId");
  const user = call.world.state.users.get(id);
  if (user === undefined) throw badRequest(`User with id ${id} not found`);
  const { credential } = call;
  const isReachable =
    credential?.level === "company" ? user.companyId === credential.companyId : user.locationIds.includes(credential?.locationId ?? "");
  if (!isReachable) throw forbiddenLocation();
  return user;
}

/** Users of the caller's company; a location token sees those of its location only. */
function companyUsers({ credential, world }: Call): readonly User[] {
  const users = world.state.users.group(credential?.companyId ?? world.seed.companyId);
  return credential?.level === "location" ? users.filter((user) => user.locationIds.includes(credential.locationId ?? "")) : users;
}

function userFilter(call: Call): (user: User) => boolean {
  const locationId = queryText(call, "locationId");
  const type = queryText(call, "type");
  const role = queryText(call, "role");
  const ids = queryText(call, "ids")?.split(",");
  const query = queryText(call, "query")?.toLowerCase();
  return (user) =>
    (locationId === undefined || user.locationIds.includes(locationId)) &&
    (type === undefined || user.type === type) &&
    (role === undefined || user.role === role) &&
    (ids === undefined || ids.includes(user.id)) &&
    (query === undefined || `${user.firstName} ${user.lastName} ${user.email} ${user.phone}`.toLowerCase().includes(query));
}

function refuseTakenEmail(call: Call, email: string | undefined): void {
  const isTaken = call.world.state.users.all().some((user) => user.email === email);
  if (isTaken) throw badRequest(`User with email ${email ?? ""} already exists`);
}

function readUser({ body }: Call, permissions: User["permissions"] = userPermissions): Partial<User> {
  const input: { -readonly [key in keyof User]?: User[key] } = {};
  for (const name of ["firstName", "lastName", "phone"] as const) if (typeof body[name] === "string") input[name] = body[name];
  if (typeof body["email"] === "string") input.email = body["email"].toLowerCase();
  if (body["type"] === "account" || body["type"] === "agency") input.type = body["type"];
  if (body["role"] === "admin" || body["role"] === "user") input.role = body["role"];
  if (Array.isArray(body["locationIds"])) input.locationIds = body["locationIds"] as string[];
  if (Array.isArray(body["scopes"])) input.scopes = body["scopes"] as string[];
  if (body["permissions"]) input.permissions = { ...permissions, ...(body["permissions"] as Record<string, unknown>) };
  return input;
}
