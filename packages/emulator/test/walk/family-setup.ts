import type { RequestParts } from "../sample-request.ts";
import { at, type Walker } from "./walker.ts";

/** Records that other records refer to. */
export interface Refs {
  readonly contactId: string;
  readonly appointmentId: string;
}

/** What the requests of one resource need beyond samples. */
export interface FamilySetup {
  /** Ids that stand under these names wherever the resource's operations name them. */
  readonly known?: Readonly<Record<string, string>>;
  /** Laid over the bodies of creates; `count` differs from create to create. */
  readonly create?: (count: number) => Readonly<Record<string, unknown>>;
  readonly update?: Readonly<Record<string, unknown>>;
  readonly list?: RequestParts;
  readonly delete?: RequestParts;
  /** Fields that are shown in another form than they were sent in, and why. */
  readonly differs?: Readonly<Record<string, string>>;
  /** Status of an unknown id. @default 404 */
  readonly unknown?: number;
}

/** Setups by resource; made in the order in which resources are walked. */
export async function familySetup(resource: string, walker: Walker, refs: Refs): Promise<FamilySetup> {
  const { seed } = walker.emulator;
  const first = (id: string, path: string, name = "id"): Promise<string> => firstOf(walker, id, path, name);
  switch (resource) {
    case "/associations/relations":
      return {
        known: { associationId: await first("associations.list", "associations") },
        create: (count) => ({ firstRecordId: `record-${count}` }),
      };
    case "/blogs/posts":
      return { known: { blogId: await first("blogs.listSites", "data", "_id") } };
    case "/calendars/appointments/{}/notes":
      return { known: { appointmentId: refs.appointmentId } };
    case "/calendars/groups":
      return { create: (count) => ({ slug: `group-${count}` }) };
    case "/calendars/resources/{}":
      return { known: { resourceType: "rooms" } };
    case "/calendars/events/block-slots":
      return {
        update: { startTime: "2026-11-02T12:00:00Z", endTime: "2026-11-02T13:00:00Z" },
        create: () => ({
          calendarId: undefined,
          assignedUserId: seed.users.admin,
          startTime: "2026-11-02T10:00:00Z",
          endTime: "2026-11-02T11:00:00Z",
        }),
        list: { query: { startTime: "1700000000000", endTime: "1900000000000" } },
      };
    case "/calendars/schedules/event-calendar/{}":
    case "/calendars/{}/notifications":
      return { known: { calendarId: seed.calendarId } };
    case "/calendars/schedules":
      return { known: { userId: seed.users.admin } };
    case "/calendars/services/bookings": {
      const id = await first("calendars.listServices", "services");
      const body = { services: [{ id }], contactId: refs.contactId };
      return {
        create: () => body,
        update: { services: body.services },
        list: { query: { startTime: "2000-01-01T00:00:00Z", endTime: "2100-01-01T00:00:00Z" } },
      };
    }
    case "/conversation-ai/agents":
      return { unknown: 400 };
    case "/funnels/page":
      return { known: { funnelId: await first("funnels.list", "funnels", "_id") } };
    case "/invoices":
      return { create: (count) => ({ invoiceNumber: `W-${count}` }) };
    case "/snapshots/{}/pushes":
      return { list: { query: { from: "2000-01-01", to: "2100-01-01" } } };
    case "/invoices/estimate/template":
      return { differs: { items: "lines get ids" } };
    case "/knowledge-bases/faqs":
    case "/knowledge-bases/crawler":
      return { known: { knowledgeBaseId: await first("knowledgeBases.list", "data.knowledgeBases") } };
    case "/marketplace/billing/charges":
      return { create: (count) => ({ eventId: `event-${count}` }) };
    case "/objects":
      return { create: (count) => ({ key: `custom_objects.walk_${count}` }) };
    case "/objects/{}/records":
      return { known: { schemaKey: "custom_objects.pet" } };
    case "/custom-fields":
    case "/custom-fields/folder":
      return { known: { objectKey: "custom_objects.pet" } };
    case "/payments/coupon":
      return {
        create: (count) => ({ code: `CODE${count}` }),
        update: { code: "CODE1" },
        differs: { limitPerCustomer: "a flag in requests, a number in answers" },
      };
    case "/products/collections":
      return { differs: { collectionId: "a new collection gets an id of its own" } };
    case "/products/reviews":
      return { known: { productId: await first("products.list", "products", "_id") } };
    case "/social-media-posting/comments/{}":
      return { known: { platform: "facebook", parentId: "post-1" }, list: { body: { originIds: ["post-1"] }, isMinimal: true } };
    case "/social-media-posting/posts":
      return { list: { body: { fromDate: "2000-01-01", toDate: "2100-01-01", type: "all" }, isMinimal: true } };
    case "/social-media-posting/category/queues":
      return { update: { status: "paused" } };
    case "/social-media-posting/csv":
      return { known: { userId: seed.users.admin } };
    case "/voice-ai/actions": {
      const agentId = await first("voiceAi.listAgents", "agents");
      return { known: { agentId }, delete: { query: { agentId } } };
    }
    default:
      return {};
  }
}

/** Id of the first record of a list. */
export async function firstOf(walker: Walker, id: string, path: string, name: string, parts: RequestParts = {}): Promise<string> {
  const { body } = await walker.step(id, { ...paging(walker, id), ...parts });
  const record = (at(body, path) as readonly Record<string, unknown>[] | undefined)?.[0];
  return String(record?.[name] ?? "missing");
}

/** The first page of a list, as large as allowed. */
export function paging(walker: Walker, id: string): RequestParts {
  const pagination = walker.operation(id)?.pagination;
  if (pagination === null || pagination === undefined) return {};
  const values: Record<string, unknown> = {};
  const write = (value: number): unknown => (pagination.in === "query" || pagination.asString === true ? String(value) : value);
  if (pagination.style !== "cursor")
    for (const name of pagination.cursor) values[name] = write(pagination.style === "page" ? (pagination.base ?? 1) : 0);
  else for (const name of pagination.cursor) values[name] = pagination.in === "query" ? "" : null;
  if (pagination.size !== undefined) values[pagination.size] = write(Math.min(pagination.max ?? 50, 50));
  if (pagination.in === "query") return { query: values as Record<string, string | undefined> };
  return { body: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)), isMinimal: true };
}
