import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { findRecord, recordsOf } from "../../resources/record-store.ts";
import { momentOf } from "../../resources/list-parameters.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import { nowIso, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

export const posts = "/social-media-posting/posts";

/** Posts. The range of a list is about the date that a post is shown under: its schedule, else its creation. */
export const postResource: ResourceDeclaration = resource(posts, {
  idStyle: "object",
  create: (input, call) => ({ source: "composer", status: "draft", media: [], error: "", ...input, ...dates(input, call) }),
  change(before, input, call) {
    if (before["status"] === "published") throw badRequest("Published posts cannot be edited", {}, "reported");
    // A scheduled post that is edited without a status becomes a draft without a date (reported once).
    const { scheduleDate, ...rest } = before;
    const kept =
      input["status"] === undefined ? { ...rest, status: "draft" } : { ...rest, ...(scheduleDate !== undefined && { scheduleDate }) };
    return { ...kept, ...input, ...dates(input, call) };
  },
  dateField: "displayDate",
  filters: {
    type: (fields, value) => value === "all" || value === "recent" || fields["status"] === value,
    accounts: (fields, value) =>
      String(value)
        .split(",")
        .some((id) => ((fields["accountIds"] ?? []) as readonly string[]).includes(id)),
    postType: (fields, value) => fields["type"] === value,
    fromDate: (fields, value) => !(momentOf(fields["displayDate"], false) < momentOf(value, false)),
    toDate: (fields, value) => !(momentOf(fields["displayDate"], false) > momentOf(value, true)),
  },
  withoutEffect: { includeUsers: "users are shown as they are stored" },
});

export const postHandlers: Handlers = {
  "socialPlanner.bulkDeletePosts": (call) => {
    const own = ((call.body["postIds"] ?? []) as readonly string[]).flatMap((id) => {
      const post = findRecord(call.world.state, posts, id);
      return post?.locationId === call.locationId ? [post] : [];
    });
    for (const post of own) call.world.state.records.delete(post?.id ?? "");
    const results = { message: "Deleted", deletedCount: own.length };
    return answerWith(call, { success: true, statusCode: 201, message: "Deleted", results });
  },
};

/** Posts of the location in a stretch of time, by the date that they are shown under. */
export function postsBetween(call: Call, from: unknown, until: unknown): readonly Fields[] {
  const [start, end] = [momentOf(from, false), momentOf(until, true)];
  return recordsOf(call, posts)
    .filter(({ fields }) => momentOf(fields["displayDate"], false) >= start && momentOf(fields["displayDate"], false) <= end)
    .map(({ recordId, locationId, fields, createdAt, updatedAt }) => ({
      _id: recordId,
      postId: recordId,
      locationId,
      createdAt,
      updatedAt,
      ...fields,
    }));
}

function dates({ scheduleDate, status }: Fields, call: Call): Fields {
  const now = nowIso(call);
  return { displayDate: scheduleDate ?? now, ...(status === "published" && { publishedAt: now }) };
}
