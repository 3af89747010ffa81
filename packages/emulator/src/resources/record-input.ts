import type { Call } from "../call/call.ts";
import type { Fields } from "../state/resource-record.ts";

/** Names that say whose a record is or which; they are no fields of it. */
const notFields: ReadonlySet<string> = new Set(["id", "_id", "altId", "altType", "locationId", "traceId"]);

/** What a request gives a record: its body without tenant and id. A location in a body of an operation of the company is a field. */
export function recordInput(call: Call, idName: string | undefined, body: Fields = call.body): Fields {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !notFields.has(name) && name !== idName));
}

/** The parents that the path names, under the names of its parameters: records show them. */
export function parentFields({ operation, params }: Call, idName: string | undefined): Fields {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return Object.fromEntries(
    names.filter((name) => name !== "locationId" && name !== "companyId" && name !== idName).map((name) => [name, params[name] ?? ""]),
  );
}

/** A change in which `null` takes a field away. */
export function laidOver(before: Fields, input: Fields): Fields {
  return Object.fromEntries(Object.entries({ ...before, ...input }).filter(([, value]) => value !== null && value !== undefined));
}
