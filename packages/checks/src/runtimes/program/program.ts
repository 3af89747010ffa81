// What an integration does, small: it runs unchanged on every runtime of the matrix, on the packed tarballs.
import { createAuthRoutes } from "@ghlkit/auth";
import { createMemoryStorage } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver } from "@ghlkit/webhooks";
import { createGhl, isGhlError } from "ghlkit";
import type { Target } from "./target.ts";

/** One thing that was done, and what was wrong with it. */
export interface Done {
  readonly what: string;
  readonly problem?: string;
}

const parts: Readonly<Record<string, (target: Target) => Promise<void>>> = {
  "client call": callClient,
  "OAuth callback": takeCallback,
  "webhook receive": receiveWebhook,
  upload: uploadFile,
  "refused connection": meetRefusal,
  "writes once": writeOnce,
};

/** Does everything, one after the other. Never rejects. */
export async function runProgram(target: Target, only: readonly string[] = Object.keys(parts)): Promise<readonly Done[]> {
  const done: Done[] = [];
  for (const [what, run] of Object.entries(parts).filter(([name]) => only.includes(name))) {
    const problem = await run(target).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? `${error.stack ?? error.message}${causeOf(error)}` : String(error)),
    );
    done.push(problem === undefined ? { what } : { what, problem });
  }
  return done;
}

function causeOf({ cause }: Error): string {
  return cause === undefined ? "" : `\ncause: ${cause instanceof Error ? (cause.stack ?? cause.message) : JSON.stringify(cause)}`;
}

function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is} instead of ${should}`);
}

function connect(target: Target): ReturnType<typeof createGhl> {
  return createGhl({ token: target.token, location: target.locationId, baseUrl: target.baseUrl });
}

async function callClient(target: Target): Promise<void> {
  const location = connect(target).location(target.locationId);
  const { contact } = await location.contacts.create({ body: { firstName: "Ann", lastName: target.runtime } });
  const found = await location.contacts.get({ contactId: contact?.id ?? "" });
  expectSame(found.contact?.lastName?.toLowerCase(), target.runtime.toLowerCase(), "the contact that was created");
  const error = await location.contacts.get({ contactId: "000000000000000000000000" }).catch((reason: unknown) => reason);
  expectSame(isGhlError(error) && error.code, "not_found", "the error of a contact that is not there");
}

async function takeCallback(target: Target): Promise<void> {
  const { clientId, clientSecret, redirectUri } = target.app;
  const ghl = createGhl({ oauth: { clientId, clientSecret, redirectUri }, baseUrl: target.baseUrl });
  const routes = createAuthRoutes({ auth: ghl.auth, scopes: ["contacts.readonly"], unsolicitedInstall: "accept" });
  const answer = await routes(new Request(target.callback));
  const page = await answer.text();
  expectSame(answer.status, 200, `the page of the callback (${page.slice(0, 400)})`);
  const { location } = await ghl.location(target.locationId).locations.get();
  expectSame(location?.id, target.locationId, "the location that was connected");
}

async function receiveWebhook(target: Target): Promise<void> {
  const { inbox } = createMemoryStorage();
  const handled: string[] = [];
  const source = createMarketplaceSource({ appId: target.app.id, additionalKeys: [target.publicKey] });
  const receiver = createWebhookReceiver({ source, inbox, handlers: { "*": ({ type }) => void handled.push(type) } });
  const { body, headers } = target.delivery;
  const send = async (text: string): Promise<number> => {
    const answer = await receiver(new Request("https://app.example.com/hooks", { method: "POST", body: text, headers }));
    return answer.status;
  };
  expectSame(
    [await send(`${body} `), await send(body), await send(body)],
    [401, 200, 200],
    "a forged delivery, a genuine one, a repetition",
  );
  await receiver.worker?.runDue();
  expectSame(handled, ["ContactCreate"], "what was handled");
}

async function uploadFile(target: Target): Promise<void> {
  const form = new FormData();
  form.append("name", "hello.txt");
  form.append("file", new Blob(["hello"], { type: "text/plain" }), "hello.txt");
  const answer = await connect(target).location(target.locationId).medias.uploadFile({ body: form });
  if (typeof answer.fileId !== "string") throw new Error(`the upload was answered ${JSON.stringify(answer)}`);
}

async function meetRefusal(target: Target): Promise<void> {
  const ghl = createGhl({
    token: target.token,
    location: target.locationId,
    baseUrl: target.closedUrl,
    retry: { maxAttempts: 1 },
  });
  const search = { query: { query: "jane@example.com" }, version: "v3", body: {} };
  const error: unknown = await ghl.request("POST", "/contacts/", search).catch((reason: unknown) => reason);
  const lost = target.knowsRefusals ? "network" : "outcome_unknown";
  expectSame(isGhlError(error) && error.code, lost, "the error of a refused connection");
  if (isGhlError(error, "network")) expectSame(error.sent, false, "whether it was sent");
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (`${cause.message} ${JSON.stringify(cause)}`.includes("jane@example.com"))
      throw new Error(`an address in a message: ${cause.message}`);
}

/** The server counts what arrives; see `resetting-server.ts`. */
async function writeOnce(target: Target): Promise<void> {
  const ghl = createGhl({
    token: target.token,
    location: target.locationId,
    baseUrl: target.resettingUrl,
    retry: { maxAttempts: 1 },
  });
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    for (const body of [{ a: 1 }, undefined]) {
      for (let warm = 0; warm < 3; warm += 1) await ghl.request("GET", "/warm");
      const path = `/reset-${method}-${body === undefined ? "empty" : "body"}`;
      await ghl.request(method, path, body === undefined ? {} : { body }).catch(() => undefined);
    }
  }
}
