import type { WantedSlot } from "./slot.ts";

/** What is booked. */
export interface Booking {
  /**
   * Names the intent, e.g. the id of a form: there is at most one appointment for it, whatever happens and whichever slots it is tried with. At most 200 characters.
   */
  readonly key: string;
  readonly slot: WantedSlot;
  /** Id of the contact. */
  readonly contact: string;
  /**
   * Whose appointment it is. `auto`: the platform's choice; where it makes none, the first of the team who is free.
   * @default "auto"
   */
  readonly teamMember?: "auto" | { readonly userId: string };
  /** @default the platform's: the calendar's title */
  readonly title?: string;
  /** @default as the calendar confirms by itself, or not */
  readonly status?: "new" | "confirmed";
  /** Where it takes place. @default the calendar's own */
  readonly address?: string;
  /** What the person said about it. */
  readonly description?: string;
  /** Whether the platform sends its notices and starts its automations. @default true */
  readonly notify?: boolean;
  /** Zone of the slots that are offered when it is taken. @default the calendar's */
  readonly zone?: string;
}
