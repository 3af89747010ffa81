import type { Operation, TenantParameter } from "@ghlkit/contract";
import type { BoundResource } from "@ghlkit/core";

type Input = Readonly<Record<string, unknown>>;

/** Fills the tenant parameters of an operation from the bound resource, where the caller left them out. */
export function fillTenants(operation: Operation, input: Input, bound: BoundResource): Input {
  let filled = input;
  for (const parameter of operation.tenant) {
    const value = tenantValue(parameter.name, bound);
    if (value === undefined) continue;
    if (parameter.in !== "body") {
      if (filled[parameter.name] === undefined) filled = { ...filled, [parameter.name]: value };
      continue;
    }
    const body = filled["body"] ?? {};
    if (!isPlain(body) || body[parameter.name] !== undefined) continue;
    filled = { ...filled, body: { ...body, [parameter.name]: value } };
  }
  return filled;
}

function tenantValue(name: TenantParameter["name"], { kind, resource }: BoundResource): string | undefined {
  if (name === "companyId") return kind === "company" ? resource : undefined;
  if (kind === "company") return undefined;
  return name === "altType" ? "location" : resource;
}

/** Not a form, a list, bytes or anything else whose own fields are not what is sent. */
function isPlain(value: unknown): value is Input {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
