import { notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, findRecord } from "../../resources/record-store.ts";
import type { Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { fileUrl } from "../uploaded-files.ts";

const uploads = "/conversations/messages/upload";

/** Large attachments of messages: announced, uploaded and completed. */
export const uploadHandlers: Handlers = {
  "conversations.initiateUpload": (call) => {
    requireConversation(call);
    const { filename, contentType, fileSize } = call.body;
    const filePath = `conversations/${String(call.body["conversationId"])}/${String(filename)}`;
    const upload = addRecord(call, { resource: uploads, fields: { filePath, filename, contentType, size: fileSize ?? 0 } });
    const limits = { expiresAt: call.world.clock.now() + 900_000, maxFileSize: 500 * 1024 * 1024 };
    const uploadUrl = fileUrl(call, String(filename));
    return answerWith(call, { uploadId: upload.recordId, filePath, uploadUrl, ...limits });
  },

  "conversations.completeUpload": (call) => {
    const { uploadId, filename, filePath } = call.body as Readonly<Record<string, string>>;
    const upload = findRecord(call.world.state, uploads, uploadId ?? "");
    if (upload === undefined || upload.locationId !== call.locationId || upload.fields["filePath"] !== filePath) {
      throw notFound(`Upload with id ${uploadId} not found`);
    }
    const { size, contentType } = upload.fields;
    return answerWith(call, { uploadedFiles: { [filename ?? ""]: fileUrl(call, filename ?? "") }, metadata: { size, contentType } });
  },

  "conversations.setLiveChatTyping": (call) => {
    requireConversation(call);
    return answerWith(call, { success: true });
  },
};

/** @throws Refusal 404 for a conversation that the location does not have. */
function requireConversation(call: Call): void {
  const id = String(call.body["conversationId"]);
  if (call.world.state.conversations.get(id)?.locationId !== call.locationId) throw notFound(`Conversation with id ${id} not found`);
}
