import { reply } from "../../http/answer.ts";
import { notFound } from "../../http/refusal.ts";
import type { Task } from "../../state/activity.ts";
import { nowIso, param, type Call } from "../../call/call.ts";
import { done } from "../done.ts";
import type { Handlers } from "../../call/handler.ts";
import { contactOf } from "./find-contact.ts";

/** A task as answers show it. */
export function taskView(task: Task): Record<string, unknown> {
  const { locationId: _, dateAdded: __, ...view } = task;
  return view;
}

/** Tasks of a contact. */
export const taskHandlers: Handlers = {
  "contacts.listTasks": (call) => reply(200, { tasks: call.world.state.tasks.group(contactOf(call).id).map(taskView) }),

  "contacts.createTask": (call) => {
    const { id: contactId, locationId } = contactOf(call);
    const changes = readTask(call);
    const identity = { id: call.world.ids.record(), contactId, locationId, dateAdded: nowIso(call) };
    const task = { title: "", dueDate: "", completed: false, ...changes, ...identity };
    return reply(201, { task: taskView(call.world.state.tasks.put(task)) });
  },

  "contacts.getTask": (call) => reply(200, { task: taskView(taskOf(call)) }),

  "contacts.updateTask": (call) => {
    const task = call.world.state.tasks.put({ ...taskOf(call), ...readTask(call) });
    return reply(200, { task: taskView(task) });
  },

  "contacts.setTaskCompleted": (call) => {
    const task = call.world.state.tasks.put({ ...taskOf(call), completed: call.body["completed"] === true });
    return reply(200, { task: taskView(task) });
  },

  "contacts.deleteTask": (call) => {
    call.world.state.tasks.delete(taskOf(call).id);
    return reply(200, done);
  },
};

function taskOf(call: Call): Task {
  const contact = contactOf(call);
  const id = param(call, "taskId");
  const task = call.world.state.tasks.get(id);
  if (task === undefined || task.contactId !== contact.id) throw notFound(`Task with id ${id} not found`);
  return task;
}

function readTask({ body }: Call): Partial<Task> {
  return {
    ...(typeof body["title"] === "string" && { title: body["title"] }),
    ...(typeof body["body"] === "string" && { body: body["body"] }),
    ...(typeof body["dueDate"] === "string" && { dueDate: normalised(body["dueDate"]) }),
    ...(typeof body["completed"] === "boolean" && { completed: body["completed"] }),
    ...(typeof body["assignedTo"] === "string" && { assignedTo: body["assignedTo"] }),
  };
}

/** Times come back in UTC, with milliseconds. */
function normalised(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time : new Date(ms).toISOString();
}
