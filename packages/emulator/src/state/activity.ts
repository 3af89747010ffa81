import type { Stored } from "./collection.ts";

/** A note on a contact. */
export interface Note extends Stored {
  readonly contactId: string;
  readonly body: string;
  readonly userId?: string;
  readonly title?: string;
  readonly color?: string;
  readonly pinned?: boolean;
  readonly dateAdded: string;
}

/** A task on a contact. */
export interface Task extends Stored {
  readonly contactId: string;
  readonly locationId: string;
  readonly title: string;
  readonly body?: string;
  readonly assignedTo?: string;
  readonly dueDate: string;
  readonly completed: boolean;
  /** Part of webhooks; no answer shows it. */
  readonly dateAdded: string;
}

/** An appointment in a calendar. */
export interface Appointment extends Stored {
  readonly locationId: string;
  readonly calendarId: string;
  readonly contactId: string;
  readonly title: string;
  readonly appointmentStatus: string;
  /** Removed ones stay readable. */
  readonly deleted?: boolean;
  readonly assignedUserId?: string;
  readonly address?: string;
  readonly notes?: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly dateAdded: string;
  readonly dateUpdated: string;
}
