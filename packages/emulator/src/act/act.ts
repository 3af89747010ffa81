import type { World } from "../world.ts";
import type { MadeMessage } from "./made-message.ts";
import { callIn, type CallIn } from "./call-in.ts";
import { moveAppointment, type AppointmentMove } from "./move-appointment.ts";
import { moveOpportunity, type OpportunityMove } from "./move-opportunity.ts";
import { optOut, type OptOut } from "./opt-out.ts";
import { replyAs, type Reply } from "./reply-as.ts";

/**
 * What people do who do not use the API: customers with their phone, and the location's staff in the vendor's screens. Each changes the state as the platform
 * does, and emits the webhooks of that change.
 */
export interface Act {
  /**
   * The contact writes to the location. A text message that says `STOP` opts out of text messages, `START` opts in again; both are kept as messages.
   * @throws Error when there is no such contact, or it has no phone or e-mail address to write from.
   */
  readonly replyAs: (contactId: string, text: string, reply?: Reply) => MadeMessage;
  /** The contact calls the location. @throws Error when there is no such contact, or it has no phone. */
  readonly callIn: (contactId: string, call?: CallIn) => MadeMessage;
  /** The contact wants no more messages: of one channel, or of any. @throws Error when there is no such contact. */
  readonly optOut: (contactId: string, optOut?: OptOut) => void;
  /** Someone drags a card on the board. @throws Error when there is no such opportunity, pipeline or stage. */
  readonly moveOpportunity: (opportunityId: string, move: OpportunityMove) => void;
  /** Someone moves an appointment in the calendar, or sets its status. @throws Error when there is no such appointment, or the times are none. */
  readonly moveAppointment: (appointmentId: string, move: AppointmentMove) => void;
}

/** The actions on the world as it is when they happen: a reset replaces it. */
export function createAct(world: () => World): Act {
  return {
    replyAs: (contactId, text, reply) => replyAs(world(), contactId, { text, ...reply }),
    callIn: (contactId, call) => callIn(world(), contactId, call ?? {}),
    optOut: (contactId, channels) => optOut(world(), contactId, channels ?? {}),
    moveOpportunity: (opportunityId, move) => moveOpportunity(world(), opportunityId, move),
    moveAppointment: (appointmentId, move) => moveAppointment(world(), appointmentId, move),
  };
}
