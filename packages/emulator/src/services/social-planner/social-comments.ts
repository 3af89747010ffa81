import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, requireRecord } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import { nowIso, param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

const comments = "/social-media-posting/comments/{}";

/** Comments by platform. What others write comes from the networks: only the account's own comments are here. */
export const commentResource: ResourceDeclaration = resource(comments, {
  idStyle: "object",
  create: (input, call) => ({
    isPost: false,
    level: input["isParentThread"] === true ? 0 : 1,
    likeCount: 0,
    reactionCount: 0,
    replyCount: 0,
    isRead: true,
    isDeleted: false,
    isEdited: false,
    attachments: [],
    ...input,
    platformParentId: input["parentId"],
    originId: input["parentId"],
    publishedAt: nowIso(call),
    author: { id: call.locationId, name: "Account" },
  }),
  filters: {
    originIds: (fields, value) =>
      (value as readonly string[]).length === 0 || (value as readonly string[]).includes(String(fields["originId"])),
  },
});

export const commentHandlers: Handlers = {
  "socialPlanner.likeComment": (call) => like(call, 1),
  "socialPlanner.unlikeComment": (call) => like(call, -1),
};

function like(call: Call, step: 1 | -1): ReturnType<typeof answerWith> {
  const comment = requireRecord(call, comments, param(call, "id"));
  changeRecord(call, comment, { likeCount: Math.max(0, Number(comment.fields["likeCount"]) + step) });
  return answerWith(call, { success: true, statusCode: call.success.status, message: step > 0 ? "Liked" : "Unliked" });
}
