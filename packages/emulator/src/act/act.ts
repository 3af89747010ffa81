import type { World } from "../world.ts";
import type { MadeMessage } from "./made-message.ts";
import { callIn, type CallIn } from "./call-in.ts";
import { clickLink, type ClickedLink } from "./click-link.ts";
import { mergeContacts } from "./merge-contacts.ts";
import { moveAppointment, type AppointmentMove } from "./move-appointment.ts";
import { moveOpportunity, type OpportunityMove } from "./move-opportunity.ts";
import { optOut, type OptOut } from "./opt-out.ts";
import { answerEstimate, changeInvoiceSettings, type estimateAnswers, type InvoiceSettingsChange } from "./invoice-people.ts";
import { payInvoice, payOrder, settleDebit, type CustomerPayment, type MadePayment, type settlements } from "./pay.ts";
import { refundPayment, type RefundedPayment } from "../checkout/refund-payment.ts";
import { replyAs, type Reply } from "./reply-as.ts";
import { retryMessage } from "./retry-message.ts";
import { submitForm, type FormSubmission, type SubmittedForm } from "./submit-form.ts";

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
  /**
   * Someone makes one contact of two on the screen of duplicates: the master keeps its own values, the other's e-mail and phone become further ones, and what
   * hung on the other hangs on the master. The other's id is unknown from then on. @throws Error when there is no such contact, or they are of two locations.
   */
  readonly mergeContacts: (masterId: string, otherId: string) => void;
  /**
   * Someone fills in a form or a survey: the contact that e-mail or phone point at is updated, else a new one is made.
   * @throws Error when there is no such form or custom field, or the phone is none.
   */
  readonly submitForm: (formId: string, submission: FormSubmission, origin?: string) => SubmittedForm;
  /** The contact clicks a trigger link; the last e-mail that it got counts as clicked. @throws Error when there is no such contact or link. */
  readonly clickLink: (contactId: string, linkId: string) => ClickedLink;
  /** Someone has a failed message sent again. @throws Error when there is no such message, or it did not fail. */
  readonly retryMessage: (messageId: string) => void;
  /** Someone drags a card on the board. @throws Error when there is no such opportunity, pipeline or stage. */
  readonly moveOpportunity: (opportunityId: string, move: OpportunityMove) => void;
  /** Someone moves an appointment in the calendar, or sets its status. @throws Error when there is no such appointment, or the times are none. */
  readonly moveAppointment: (appointmentId: string, move: AppointmentMove) => void;
  /**
   * The customer pays an invoice on its page: all that is due, or a part.
   * @throws Error when there is no such invoice, it takes no payments, or the amount is more than is due.
   */
  readonly payInvoice: (invoiceId: string, payment?: CustomerPayment) => Promise<MadePayment>;
  /** The customer pays an order. @throws Error when there is no such order, or the amount is more than is due. */
  readonly payOrder: (orderId: string, payment?: CustomerPayment) => Promise<MadePayment>;
  /** A bank debit arrives, or comes back. @throws Error when there is no such transaction, or a custom provider settles it. */
  readonly settlePayment: (transactionId: string, status: (typeof settlements)[number]) => MadePayment;
  /**
   * The staff pays back a transaction, or a part of it, in major units; a custom provider is asked to.
   * @throws Error when there is no such transaction, or more would be paid back than was paid.
   */
  readonly refund: (transactionId: string, amount?: number) => Promise<RefundedPayment>;
  /** The customer accepts or declines an estimate on its page. @throws Error when there is no such estimate, or it was not sent. */
  readonly answerEstimate: (estimateId: string, answer: (typeof estimateAnswers)[number]) => void;
  /** The staff changes the settings of invoices, which the API only reads. @throws Error when there is no such location, or a value is out of range. */
  readonly changeInvoiceSettings: (locationId: string, change: InvoiceSettingsChange) => void;
}

/** The actions on the world as it is when they happen: a reset replaces it. */
export function createAct(world: () => World): Act {
  return {
    replyAs: (contactId, text, reply) => replyAs(world(), contactId, { text, ...reply }),
    callIn: (contactId, call) => callIn(world(), contactId, call ?? {}),
    optOut: (contactId, channels) => optOut(world(), contactId, channels ?? {}),
    mergeContacts: (masterId, otherId) => mergeContacts(world(), masterId, otherId),
    submitForm: (formId, submission, origin) => submitForm(world(), formId, submission, origin),
    clickLink: (contactId, linkId) => clickLink(world(), contactId, linkId),
    retryMessage: (messageId) => retryMessage(world(), messageId),
    moveOpportunity: (opportunityId, move) => moveOpportunity(world(), opportunityId, move),
    moveAppointment: (appointmentId, move) => moveAppointment(world(), appointmentId, move),
    payInvoice: (invoiceId, payment) => payInvoice(world(), invoiceId, payment ?? {}),
    payOrder: (orderId, payment) => payOrder(world(), orderId, payment ?? {}),
    settlePayment: (transactionId, status) => settleDebit(world(), transactionId, status),
    answerEstimate: (estimateId, answer) => answerEstimate(world(), estimateId, answer),
    changeInvoiceSettings: (locationId, change) => changeInvoiceSettings(world(), locationId, change),
    refund: (transactionId, amount) => refundPayment(world(), transactionId, amount),
  };
}
