import { ghlError, type Principal } from "@ghlkit/core";

/** A lifecycle event of the app: the body of a webhook whose signature was verified. */
export interface LifecycleEvent {
  readonly type: string;
  readonly appId?: string;
  readonly locationId?: string;
  readonly companyId?: string;
  readonly [field: string]: unknown;
}

/** Whose event it is: the location's if it names one, else the company's. `undefined` for an event of another app. */
export function principalOfEvent(event: LifecycleEvent, app: { readonly clientId: string; readonly appId: string }): Principal | undefined {
  if (event.appId !== undefined && event.appId !== app.appId) return undefined;
  const { locationId, companyId } = event;
  if (typeof locationId === "string" && locationId !== "") return { app: app.clientId, kind: "location", resource: locationId };
  if (typeof companyId === "string" && companyId !== "") return { app: app.clientId, kind: "company", resource: companyId };
  throw ghlError("invalid_request", `A ${event.type} event names neither a location nor a company.`, {});
}
