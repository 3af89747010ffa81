import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import { locationOf } from "../call.ts";
import type { Handlers } from "../handler.ts";
import { fileUrl, filesOf } from "../uploaded-files.ts";

/** What belongs to a location and is kept by rules: templates of messages, permissions and recurring tasks. */
export const locationResources: readonly ResourceDeclaration[] = [
  resource("/locations/templates", {
    filters: {
      type: (fields, value) => fields["type"] === value,
      originId: () => true,
      deleted: (fields, value) => String(fields["deleted"] ?? false) === String(value),
    },
  }),
  resource("/locations/permissions", { initial: () => ({ permissions: ["campaigns", "contacts", "workflows", "opportunities"] }) }),
  resource("/locations/recurring-tasks", {
    create: (input) => ({ description: "", totalOccurrence: 0, ignoreTaskCreation: false, ...input, ...assignees(input) }),
    change: (before, input) => ({ ...before, ...input, ...assignees(input) }),
  }),
];

export const fieldFileHandlers: Handlers = {
  "locations.uploadCustomFieldFile": (call) => {
    const { id } = call.body as { readonly id?: string };
    if (
      id !== undefined &&
      call.world.state.contacts.get(id)?.locationId !== locationOf(call) &&
      call.world.state.customFields.get(id) === undefined
    ) {
      throw badRequest(`Record with id ${id} not found`);
    }
    const meta = filesOf(call).map(({ name, size, type }) => ({
      fieldname: id,
      originalname: name,
      encoding: "7bit",
      mimetype: type,
      size,
      url: fileUrl(call, name),
    }));
    return answerWith(call, { uploadedFiles: Object.fromEntries(meta.map(({ originalname, url }) => [originalname, url])), meta });
  },
};

/** Requests name lists, answers the first of each. */
function assignees({ owners, contactIds }: Fields): Fields {
  const first = (ids: unknown): Fields[string] => (Array.isArray(ids) ? (ids as readonly unknown[])[0] : undefined);
  return { ...(owners !== undefined && { assignedTo: first(owners) }), ...(contactIds !== undefined && { contactId: first(contactIds) }) };
}
