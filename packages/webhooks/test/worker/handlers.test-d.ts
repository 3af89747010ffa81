import { expectTypeOf } from "vitest";
import { createMemoryInbox } from "@ghlkit/storage";
import { createWebhookWorker, verifyWebhook } from "../../src/index.ts";

const inbox = createMemoryInbox();

createWebhookWorker({
  inbox,
  handlers: {
    ContactCreate: ({ payload, type }) => {
      expectTypeOf(type).toEqualTypeOf<"ContactCreate">();
      expectTypeOf(payload.email).toEqualTypeOf<string | undefined>();
      // @ts-expect-error -- no such field
      void payload.emial;
    },
    INSTALL: ({ payload }) => void expectTypeOf(payload.appId).toEqualTypeOf<string>(),
    unknown: ({ candidates }) => void candidates.length,
  },
});

createWebhookWorker({
  inbox,
  // @ts-expect-error -- a misspelt type
  handlers: { ContactCreated: () => {} },
});

const verdict = verifyWebhook({ body: "", headers: {} }, { appId: "app" });
// @ts-expect-error -- the await is missing
void verdict.valid;

const { event } = (await verdict) as Extract<Awaited<typeof verdict>, { valid: true }>;
if (event.type === "InvoicePaid") expectTypeOf(event.payload._id).toEqualTypeOf<string>();
