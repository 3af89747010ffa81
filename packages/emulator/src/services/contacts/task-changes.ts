import type { Task } from "../../state/activity.ts";
import type { SwitchValues } from "../../switches/switch-options.ts";
import { platformEvent, type PlatformEvent } from "../../webhooks/platform-event.ts";

/** Events of a task; there is none for other changes than its completion. */
export function taskChanges(
  before: Task | undefined,
  after: Task | undefined,
  taskEvents: SwitchValues["taskEvents"] = "live",
): readonly PlatformEvent[] {
  const task = after ?? before;
  if (task === undefined) return [];
  const isCompletedNow = before?.completed === false && after?.completed === true;
  if (before !== undefined && after !== undefined && !isCompletedNow) return [];
  const kind = before === undefined ? "TaskCreate" : after === undefined ? "TaskDelete" : "TaskComplete";
  const { id, title, body, contactId, assignedTo, dueDate, dateAdded, locationId } = task;
  const given = { ...(body !== undefined && { body }), ...(assignedTo !== undefined && { assignedTo }) };
  // Live, the event of a new task says neither whose it is nor what is in it (docs#332).
  if (kind === "TaskCreate" && taskEvents === "live") {
    return [{ kind, locationId, fields: { id, title, ...(assignedTo !== undefined && { assignedTo }), dateAdded, dueDate } }];
  }
  return [platformEvent(kind, { locationId }, { id, title, ...given, contactId, dateAdded, dueDate })];
}
