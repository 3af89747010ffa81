// A Worker as a user would write it: the receiver is made once, outside of any request. Its keys would be written down; here they
// are those of the test, filled in when it is bundled.
import { createMemoryInbox } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver, createWorkflowSource } from "../../../src/index.ts";

declare const testKey: string;
declare const testAppId: string;

const inbox = createMemoryInbox();
const handled: string[] = [];
const webhooks = createWebhookReceiver({
  source: createMarketplaceSource({ appId: testAppId, additionalKeys: [testKey] }),
  inbox,
  handlers: { "*": ({ id }) => void handled.push(id) },
});
const workflows = createWebhookReceiver({
  source: createWorkflowSource({ header: "x-workflow-secret", secret: "only-for-this-test-0123" }),
  inbox: createMemoryInbox(),
});

// oxlint-disable-next-line import/no-default-export -- Workers ask for one
export default {
  fetch: async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/hooks") return webhooks(request);
    if (pathname === "/workflows") return workflows(request);
    // What a scheduled handler would do.
    await webhooks.worker?.runDue();
    return Response.json({ handled, kept: (await inbox.query({ limit: 1000 })).deliveries.length });
  },
};
