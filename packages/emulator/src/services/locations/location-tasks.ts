import { reply } from "../../http/answer.ts";
import { taskView } from "../contacts/contact-tasks.ts";
import type { Handlers } from "../../call/handler.ts";
import { requireLocation } from "./locations.ts";

/** The search over the tasks of a location's contacts. */
export const locationTaskHandlers: Handlers = {
  "locations.searchTasks": (call) => {
    const { id } = requireLocation(call);
    const { state } = call.world;
    const {
      contactId,
      completed,
      assignedTo,
      query,
      limit = 25,
      skip = 0,
      businessId,
    } = call.body as {
      contactId?: readonly string[];
      completed?: boolean;
      assignedTo?: readonly string[];
      query?: string;
      limit?: number;
      skip?: number;
      businessId?: string;
    };
    const text = query?.toLowerCase();
    const found = state.tasks
      .all()
      .filter(
        (task) =>
          task.locationId === id &&
          (contactId === undefined || contactId.length === 0 || contactId.includes(task.contactId)) &&
          (completed === undefined || task.completed === completed) &&
          (assignedTo === undefined || assignedTo.length === 0 || assignedTo.includes(task.assignedTo ?? "")) &&
          (businessId === undefined || state.contacts.get(task.contactId)?.businessId === businessId) &&
          (text === undefined || `${task.title} ${task.body ?? ""}`.toLowerCase().includes(text)),
      );
    return reply(200, { tasks: found.slice(skip, skip + limit).map((task) => ({ ...taskView(task), _id: task.id, locationId: id })) });
  },
};
