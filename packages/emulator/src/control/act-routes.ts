import { Hono, type Context } from "hono";
import { callStatuses } from "../act/call-in.ts";
import { appointmentStatuses } from "../act/move-appointment.ts";
import { opportunityStatuses } from "../act/move-opportunity.ts";
import { channels } from "../act/opt-out.ts";
import { estimateAnswers } from "../act/invoice-people.ts";
import { payingWays, settlements, type CustomerPayment } from "../act/pay.ts";
import { replyChannels } from "../act/reply-as.ts";
import type { Act } from "../act/act.ts";
import type { FormFile, FormSubmission } from "../act/submit-form.ts";
import { checkChoice, checkHttpUrl, checkNumber, checkObject, checkText, checkTexts } from "../bounds/check-value.ts";
import { readControlBody, type ControlBody } from "./control-body.ts";

/** The longest call that is believed, in seconds. */
const longestCall = 86_400;

/** The HTTP side of `emulator.act`: `POST /_emulator/act/replyAs` and its like. */
export function createActRoutes(act: Act): Hono {
  const app = new Hono();
  app.post("/replyAs", (context) =>
    answer(context, (body) => {
      const reply = {
        ...given(body, "channel", (value) => checkChoice("channel", value, replyChannels)),
        ...given(body, "subject", (value) => checkText("subject", value)),
        ...given(body, "attachments", (value) => checkTexts("attachments", value)),
      };
      return act.replyAs(checkText("contactId", body["contactId"]), checkText("text", body["text"]), reply);
    }),
  );
  app.post("/callIn", (context) =>
    answer(context, (body) => {
      const call = {
        ...given(body, "status", (value) => checkChoice("status", value, callStatuses)),
        ...given(body, "durationSeconds", (value) => checkNumber("durationSeconds", value, { from: 0, to: longestCall })),
      };
      return act.callIn(checkText("contactId", body["contactId"]), call);
    }),
  );
  app.post("/optOut", (context) =>
    answer(context, (body) => {
      act.optOut(
        checkText("contactId", body["contactId"]),
        given(body, "channel", (value) => checkChoice("channel", value, channels)),
      );
    }),
  );
  app.post("/mergeContacts", (context) =>
    answer(context, (body) => act.mergeContacts(checkText("masterId", body["masterId"]), checkText("otherId", body["otherId"]))),
  );
  app.post("/submitForm", (context) =>
    answer(context, (body) => act.submitForm(checkText("formId", body["formId"]), readSubmission(body), new URL(context.req.url).origin)),
  );
  app.post("/clickLink", (context) =>
    answer(context, (body) => act.clickLink(checkText("contactId", body["contactId"]), checkText("linkId", body["linkId"]))),
  );
  app.post("/retryMessage", (context) => answer(context, (body) => act.retryMessage(checkText("messageId", body["messageId"]))));
  app.post("/moveOpportunity", (context) =>
    answer(context, (body) => {
      const move = {
        ...given(body, "pipeline", (value) => checkText("pipeline", value)),
        ...given(body, "stage", (value) => checkText("stage", value)),
        ...given(body, "status", (value) => checkChoice("status", value, opportunityStatuses)),
      };
      act.moveOpportunity(checkText("opportunityId", body["opportunityId"]), move);
    }),
  );
  app.post("/moveAppointment", (context) =>
    answer(context, (body) => {
      const move = {
        ...given(body, "startTime", (value) => checkText("startTime", value)),
        ...given(body, "status", (value) => checkChoice("status", value, appointmentStatuses)),
      };
      act.moveAppointment(checkText("appointmentId", body["appointmentId"]), move);
    }),
  );
  app.post("/payInvoice", (context) =>
    answer(context, (body) => act.payInvoice(checkText("invoiceId", body["invoiceId"]), paymentOf(body))),
  );
  app.post("/payOrder", (context) => answer(context, (body) => act.payOrder(checkText("orderId", body["orderId"]), paymentOf(body))));
  app.post("/answerEstimate", (context) =>
    answer(context, (body) =>
      act.answerEstimate(checkText("estimateId", body["estimateId"]), checkChoice("answer", body["answer"], estimateAnswers)),
    ),
  );
  app.post("/changeInvoiceSettings", (context) =>
    answer(context, ({ locationId, ...change }) => act.changeInvoiceSettings(checkText("locationId", locationId), change)),
  );
  app.post("/settlePayment", (context) =>
    answer(context, (body) =>
      act.settlePayment(checkText("transactionId", body["transactionId"]), checkChoice("status", body["status"], settlements)),
    ),
  );
  app.post("/refund", (context) =>
    answer(context, (body) =>
      act.refund(checkText("transactionId", body["transactionId"]), given(body, "amount", (value) => checkAmount(value)).amount),
    ),
  );
  return app;
}

function paymentOf(body: ControlBody): CustomerPayment {
  return {
    ...given(body, "amount", (value) => checkAmount(value)),
    ...given(body, "by", (value) => checkChoice("by", value, payingWays)),
    ...given(body, "chargeId", (value) => checkText("chargeId", value)),
  };
}

/** In major units. */
function checkAmount(value: unknown): number {
  return checkNumber("amount", value, { from: 0, to: Number.MAX_SAFE_INTEGER });
}

async function answer(context: Context, act: (body: ControlBody) => Promise<object> | object | void): Promise<Response> {
  return context.json((await act(await readControlBody(context))) ?? { status: "ok" });
}

function readSubmission(body: ControlBody): FormSubmission {
  return {
    ...given(body, "firstName", (value) => checkText("firstName", value)),
    ...given(body, "lastName", (value) => checkText("lastName", value)),
    ...given(body, "email", (value) => checkText("email", value)),
    ...given(body, "phone", (value) => checkText("phone", value)),
    ...given(body, "pageUrl", (value) => checkHttpUrl("pageUrl", value)),
    ...given(body, "fields", (value) => checkObject("fields", value)),
    ...given(body, "files", readFormFiles),
  };
}

function readFormFiles(value: unknown): Readonly<Record<string, FormFile>> {
  const files = Object.entries(checkObject("files", value)).map(([field, file]) => {
    const { name, content, type } = checkObject(`files.${field}`, file);
    const required = { name: checkText("name", name), content: checkText("content", content) };
    return [field, { ...required, ...(type !== undefined && { type: checkText("type", type) }) }] as const;
  });
  return Object.fromEntries(files);
}

/** A part of the body that may be left out. */
function given<const Name extends string, Value>(
  body: ControlBody,
  name: Name,
  check: (value: unknown) => Value,
): { [Key in Name]?: Value } {
  const value = body[name];
  return (value === undefined ? {} : { [name]: check(value) }) as { [Key in Name]?: Value };
}
