import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import type { ResourceRecord } from "../../state/resource-record.ts";
import { param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { nextSlots, queueItems, queues } from "./social-queues.ts";

/** A queue is edited in a session, one at a time; what is changed counts at once, and the session ends by saving or discarding. */
export const queueEditHandlers: Handlers = {
  "socialPlanner.startQueueEdit": (call) => {
    const queue = requireRecord(call, queues, param(call, "queueId"));
    const sessionId = call.world.ids.uuid();
    changeRecord(call, queue, { sessionId });
    const itemCount = recordsOf(call, queueItems, [queue.recordId]).length;
    return answerWith(call, { success: true, statusCode: 201, results: { message: "Edit started", sessionId, itemCount } });
  },

  "socialPlanner.saveQueueEdit": (call) => {
    const queue = endSession(call);
    const updatedSlots = nextSlots(queue, call);
    const results = { message: "Saved", updatedSlots, totalPostsChanged: updatedSlots.length };
    return answerWith(call, { success: true, statusCode: 200, results });
  },

  "socialPlanner.discardQueueEdit": (call) => {
    endSession(call);
    return answerWith(call, { success: true, statusCode: 200, results: { message: "Discarded" } });
  },
};

/** @throws Refusal 400 for a session that is not open. */
function endSession(call: Call): ResourceRecord {
  const queue = requireRecord(call, queues, param(call, "queueId"));
  if (queue.fields["sessionId"] !== call.body["sessionId"]) throw badRequest("The edit session is not open");
  return changeRecord(call, queue, { sessionId: null, ...(call.body["keepInDraft"] === true && { status: "draft" }) });
}
