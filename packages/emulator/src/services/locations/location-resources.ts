import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";

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

/** Requests name lists, answers the first of each. */
function assignees({ owners, contactIds }: Fields): Fields {
  const first = (ids: unknown): Fields[string] => (Array.isArray(ids) ? (ids as readonly unknown[])[0] : undefined);
  return { ...(owners !== undefined && { assignedTo: first(owners) }), ...(contactIds !== undefined && { contactId: first(contactIds) }) };
}
