import { randomUUID } from "node:crypto";
import type { Emulator } from "@ghlkit/emulator";
import { parseFields } from "../options/fields.ts";
import { parseLocalUrl, shownUrl } from "../options/url.ts";
import { postDelivery } from "../post-delivery.ts";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { UsageError } from "../usage-error.ts";
import { createSigningEmulator } from "./emulator-signer.ts";
import { similarTypes } from "./similar-types.ts";

export interface TriggerOptions {
  readonly url: string;
  readonly field?: readonly string[];
  readonly app?: string;
  readonly seed: string;
  readonly allowRemote?: boolean;
}

/** Posts one event, made up and signed by the emulator. Not ok unless it is answered with 2xx. */
export async function triggerEvent(type: string, options: TriggerOptions): Promise<Report> {
  const url = parseLocalUrl(options.url, options.allowRemote === true);
  const emulator = createSigningEmulator(options.seed);
  // Ids of an emulator follow from its seed: without one of its own the second delivery would be a duplicate of the first.
  const own = { webhookId: randomUUID(), ...(options.app !== undefined && { appId: options.app }), ...parseFields(options.field ?? []) };
  const fields = { ...sampleOf(emulator, type, own), ...own };
  const { body, headers } = await emulator.webhooks.sign(fields);
  const { status, text: answer } = await postDelivery(url, { body, headers });
  const ok = status >= 200 && status < 300;
  const shown = `${status} ${type} ${String(fields.webhookId)} -> ${shownUrl(url)}`;
  return { ok, json: { ok, status, answer, event: fields }, text: printable(ok ? shown : `${shown}\n${answer}\n${mendOf(status)}`) };
}

function sampleOf(emulator: Emulator, type: string, own: object): Record<string, unknown> {
  try {
    return emulator.webhooks.sample(type, { ...own });
  } catch (error) {
    const similar = similarTypes(type);
    const hint = similar.length === 0 ? "" : ` Did you mean ${similar.join(", ")}?`;
    throw new UsageError(`${(error as Error).message}${hint}`, { cause: error });
  }
}

function mendOf(status: number): string {
  if (status === 401) return "Does the endpoint have the key of `ghlkit webhooks key` in additionalKeys?";
  if (status === 403) return "Is it the endpoint of another app? --app takes the id of yours.";
  if (status === 404 || status === 405) return "Is this the path of the endpoint, and does it take POST?";
  return "The endpoint did not take it: its own log says more.";
}
