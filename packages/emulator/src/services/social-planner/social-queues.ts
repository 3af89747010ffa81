import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { nowIso, param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { postsBetween } from "./social-posts.ts";

export const queues = "/social-media-posting/category/queues";
export const queueItems = "/social-media-posting/category/queues/{}/items";

/** Queues post the items of a category at their slots, over and over. */
export const queueResource: ResourceDeclaration = resource(queues, {
  idStyle: "object",
  create: (input, call) => ({
    status: "active",
    enableFuturePosts: false,
    prioritizeNewContent: false,
    skipDateTime: [],
    ...input,
    timeSlots: slotsWithIds(input["timeSlots"], call),
    startDate: nowIso(call),
    createdBy: input["userId"],
  }),
  change: (before, { skipDateTime, ...input }, call) => ({
    ...before,
    ...input,
    ...(input["timeSlots"] !== undefined && { timeSlots: slotsWithIds(input["timeSlots"], call) }),
    ...(skipDateTime !== undefined && { skipDateTime: [...((before["skipDateTime"] ?? []) as readonly unknown[]), skipDateTime] }),
  }),
  view: ({ recordId }, call) => ({ totalPosts: recordsOf(call, queueItems, [recordId]).length }),
});

export const queueItemResource: ResourceDeclaration = resource(queueItems, {
  idStyle: "object",
  create: (input, call) => {
    const payload = (input["modifiedPostPayload"] ?? {}) as Fields;
    const order = Number(input["order"] ?? recordsOf(call, queueItems, [param(call, "queueId")]).length);
    const variations = ((input["variations"] ?? []) as readonly Fields[]).map((one) => ({ _id: call.world.ids.object(), ...one }));
    return { ...input, order, variations, original: payload, queueId: param(call, "queueId"), ...payloadView(payload, call) };
  },
  change: (before, { newOrder, ...input }, call) => ({
    ...before,
    ...input,
    ...(newOrder !== undefined && { order: newOrder }),
    ...(input["modifiedPostPayload"] !== undefined && payloadView(input["modifiedPostPayload"] as Fields, call)),
  }),
  actions: { "socialPlanner.resetQueueItem": ({ fields }, call) => payloadView((fields["original"] ?? {}) as Fields, call) },
  filters: { errorFilter: (fields, value) => value !== true || fields["error"] !== undefined, itemId: () => true },
  withoutEffect: { sessionId: "edits are kept at once" },
});

export const queueHandlers: Handlers = {
  "socialPlanner.listQueueCalendar": (call) => scheduled(call, postsBetween(call, call.body["startDate"], call.body["endDate"])),
  "socialPlanner.listQueueEditCalendar": (call) => {
    requireRecord(call, queues, param(call, "queueId"));
    return scheduled(call, postsBetween(call, call.body["startDate"], call.body["endDate"]));
  },

  "socialPlanner.listQueueSlots": (call) => {
    const queue = requireRecord(call, queues, param(call, "queueId"));
    const slots = nextSlots(queue, call);
    const { skip = 0, limit = 20 } = call.body as { readonly skip?: number; readonly limit?: number };
    const results = { message: "Fetched", slots: slots.slice(skip, skip + limit), total: slots.length, skip, limit, timezone: "UTC" };
    return answerWith(call, { success: true, statusCode: 201, results });
  },

  "socialPlanner.deleteQueueActivePost": (call) => {
    const id = param(call, "postId");
    const post = requireRecord(call, "/social-media-posting/posts", id);
    call.world.state.records.delete(post.id);
    return answerWith(call, { success: true, statusCode: 200, results: { message: "Deleted" } });
  },

  "socialPlanner.cloneQueueItem": (call) => {
    const queueId = param(call, "queueId");
    requireRecord(call, queues, queueId);
    const { fields, parents } = requireRecord(call, queueItems, param(call, "itemId"));
    const copy = addRecord(call, { resource: queueItems, parents, fields: { ...fields, order: call.body["order"] }, idStyle: "object" });
    return answerWith(call, {
      success: true,
      statusCode: 201,
      results: { message: "Cloned", queueItem: shownFields(copy, undefined, call) },
    });
  },
};

/** Slots of the next week, an item each as long as there are some. */
export function nextSlots(queue: ResourceRecord, call: Call): readonly Fields[] {
  const items = recordsOf(call, queueItems, [queue.recordId]).toSorted((a, b) => Number(a.fields["order"]) - Number(b.fields["order"]));
  const skipped = new Set((queue.fields["skipDateTime"] ?? []) as readonly string[]);
  const start = call.world.clock.now();
  const slots = (queue.fields["timeSlots"] ?? []) as readonly { readonly dayOfWeek: number; readonly time: string }[];
  const moments = slots.map(({ dayOfWeek, time }) => nextMoment(start, dayOfWeek, time)).toSorted((a, b) => a - b);
  return moments.map((moment, index) => {
    const scheduledDateTime = new Date(moment).toISOString();
    return { itemId: items[index % Math.max(1, items.length)]?.recordId, scheduledDateTime, isSkipped: skipped.has(scheduledDateTime) };
  });
}

function nextMoment(fromMs: number, dayOfWeek: number, time: string): number {
  const day = new Date(fromMs);
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const at = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hours || 0, minutes || 0);
  const days = (dayOfWeek - day.getUTCDay() + 7) % 7;
  return at + days * 86_400_000 + (days === 0 && at <= fromMs ? 7 * 86_400_000 : 0);
}

function slotsWithIds(slots: unknown, call: Call): readonly Fields[] {
  return ((slots ?? []) as readonly Fields[]).map((slot) => ({ _id: call.world.ids.object(), ...slot }));
}

/** The post that an item becomes. */
function payloadView(payload: Fields, call: Call): Fields {
  const { locationId } = call;
  return { modifiedPostPayload: { source: "category-queue", status: "draft", type: "post", error: "", ...payload, locationId } };
}

function scheduled(call: Call, posts: readonly Fields[]): ReturnType<typeof answerWith> {
  const scheduledPosts = posts.map((post) => ({ scheduledDateTime: post["displayDate"], post }));
  return answerWith(call, {
    success: true,
    statusCode: 201,
    results: { message: "Fetched", scheduledPosts, total: posts.length, timezone: "UTC" },
  });
}
