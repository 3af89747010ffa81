import { tenantIdentity, type CallContext, type WireRequest, type WireResponse } from "@ghlkit/core";

/** As many as are remembered; the oldest are forgotten first. */
const most = 1000;

/** Records that calls of a client have deleted, per tenant: what a service says of them is no lag. */
export class KnownDeletions {
  readonly #deleted = new Set<string>();

  /** Notes the record that a DELETE of the contract was for, once it was answered. */
  answered(request: WireRequest, { ok }: WireResponse, context: CallContext): void {
    if (request.method !== "DELETE" || !ok || context.operation?.path.endsWith("}") !== true) return;
    const id = segmentsOf(request.url).at(-1);
    if (id === undefined) return;
    this.#deleted.add(keyOf(request, context, id));
    for (const oldest of this.#deleted) {
      if (this.#deleted.size <= most) break;
      this.#deleted.delete(oldest);
    }
  }

  /** Whether a request is about one of them: its path names it, or a field of its body whose name ends in `Id`. */
  isNamed(request: WireRequest, context: CallContext): boolean {
    if (this.#deleted.size === 0) return false;
    return [...segmentsOf(request.url), ...idsOf(request.body)].some((id) => this.#deleted.has(keyOf(request, context, id)));
  }
}

function keyOf(request: WireRequest, context: CallContext, id: string): string {
  return `${tenantIdentity(request, context) ?? ""} ${id}`;
}

function segmentsOf(url: string): readonly string[] {
  return new URL(url).pathname.split("/").filter((segment) => segment !== "");
}

function idsOf(body: WireRequest["body"]): readonly string[] {
  if (typeof body !== "string") return [];
  return Object.entries(fieldsOf(body)).flatMap(([name, value]) => (name.endsWith("Id") && typeof value === "string" ? [value] : []));
}

/** A body outside the contract may be any text. */
function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
