import { ghlError, preparedOnce, type Clock } from "@ghlkit/core";
import { headerValues } from "../verify/raw-delivery.ts";
import { reject } from "../verify/rejection.ts";
import { createSource } from "./create-source.ts";
import type { BodyLimits, WebhookSource } from "./webhook-source.ts";

/** Options of {@link createWorkflowSource}. */
export interface WorkflowSourceOptions extends BodyLimits {
  /** Name of the header that carries the secret, as it was set in the workflow's action. */
  readonly header: string;
  /** The secret, or several while one is replaced. At least 16 characters each. */
  readonly secret: string | readonly string[];
  /**
   * The platform gives these no id. The same body is the same event within this time, in ms, counted in steps from the epoch: a retry.
   * Later it is a new one: the contact is in the workflow again. Default 3,600,000; `Infinity` takes it for the same as long as it is
   * known. A `webhookId` in the body is the id, if there is one: set it in the action to distinguish two events for sure.
   */
  readonly repeatAfterMs?: number;
  /** @default the machine's clock */
  readonly clock?: Pick<Clock, "now">;
}

/**
 * "Custom Webhook" actions of workflows. The platform does not sign them: a header with a secret of your own, which is set in the
 * action, is all there is. Their events are `WorkflowWebhook`.
 *
 * @throws GhlError `invalid_request` for a header, a secret or a time that is none.
 */
export function createWorkflowSource(options: WorkflowSourceOptions): WebhookSource {
  const { header, secret, repeatAfterMs = 3_600_000, ...limits } = options;
  const secrets = typeof secret === "string" ? [secret] : secret;
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(header)) throw ghlError("invalid_request", "header must be the name of an HTTP header.", {});
  if (secrets.length === 0 || secrets.some(({ length }) => length < 16))
    throw ghlError("invalid_request", "secret must have at least 16 characters: make one with openssl rand -hex 32.", {});
  const digests = preparedOnce(() => Promise.all(secrets.map(digest)));
  const name = header.toLowerCase();

  return createSource({
    ...limits,
    name: "workflow",
    type: "WorkflowWebhook",
    repeatAfterMs,
    check: async ({ headers }) => {
      const values = headerValues(headers, name);
      const [given] = values;
      if (given === undefined || given === "") return reject("secret_missing");
      const sent = await digest(given);
      // All are compared, each in constant time.
      const fits = (await digests()).map((known) => isSame(known, sent)).includes(true);
      return values.length === 1 && fits ? { valid: true } : reject("secret_wrong");
    },
  });
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** Takes as long whatever differs. Of hashes, so that lengths are the same. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [at, byte] of a.entries()) difference |= byte ^ (b[at] ?? 0);
  return difference === 0;
}
