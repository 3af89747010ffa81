import type { Operation } from "../contract/contract-source.ts";
import type { Exchange } from "./exchange.ts";
import type { State } from "../state/state.ts";
import type { Target } from "../auth/authorise.ts";
import { locationOfRecord } from "./record-location.ts";

/**
 * Whom a request is about: the location or company that its tenant parameters name, else the location of the record
 * that its path names; a record counts in any case.
 */
export function targetOf(operation: Operation, exchange: Exchange, state: State): Target {
  const params = exchange.match?.params ?? {};
  let locationId: string | undefined;
  let companyId: string | undefined;
  if (operation.tenant.length > 0) {
    const given = tenantValues(operation, exchange, params);
    companyId = given["companyId"];
    locationId = given["locationId"] ?? given["location_id"];
    if (given["altId"] !== undefined) {
      if (given["altType"] === "company") companyId ??= given["altId"];
      else locationId ??= given["altId"];
    }
  }
  const recordLocationId = locationOfRecord(operation, params, state);
  locationId ??= recordLocationId ?? undeclaredLocation(operation, exchange);
  return { locationId, companyId, recordLocationId };
}

function tenantValues(
  operation: Operation,
  exchange: Exchange,
  params: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const body = exchange.body.value as Record<string, unknown> | null | undefined;
  const query = new URLSearchParams(exchange.queryText);
  const values: Record<string, string | undefined> = {};
  for (const { name, in: place } of operation.tenant) {
    const value = place === "path" ? params[name] : place === "query" ? query.get(name) : body?.[name];
    if (typeof value === "string" && value !== "") values[name] = value;
  }
  return values;
}

/** Some operations leave their whole body undescribed although a location stands in it. */
function undeclaredLocation(operation: Operation, exchange: Exchange): string | undefined {
  if (operation.body === null) return undefined;
  const locationId = (exchange.body.value as Record<string, unknown> | null | undefined)?.["locationId"];
  return typeof locationId === "string" && locationId !== "" ? locationId : undefined;
}
