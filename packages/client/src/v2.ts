export { createClient, type Client, type CompanyClient, type LocationClient } from "./create-client-v2.ts";
export type { ClientMembers, UnboundMembers } from "./client-members.ts";
export type { CompanyServices, LocationServices, Services } from "./generated/v2/services.ts";
