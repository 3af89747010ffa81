import { answerWith } from "../../resources/answer-with.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import type { Handlers } from "../../call/handler.ts";

export const tags = "/social-media-posting/tags";

/** Tags of posts are made on screens. */
export const tagHandlers: Handlers = {
  "socialPlanner.listTagDetails": (call) => {
    const wanted = new Set(call.body["tagIds"] as readonly string[]);
    const found = recordsOf(call, tags).filter(({ recordId }) => wanted.has(recordId));
    const results = { tags: found.map((tag) => shownFields(tag, undefined, call)), count: found.length };
    return answerWith(call, { success: true, statusCode: 201, message: "Fetched", results });
  },
};
