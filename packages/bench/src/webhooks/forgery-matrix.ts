import { generateKeyPairSync, createPublicKey, sign, type KeyObject } from "node:crypto";
import { HighLevel } from "@gohighlevel/api-client";
import { createMemoryInbox } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver } from "@ghlkit/webhooks";
import { createForgeries, type Forgery } from "@ghlkit/webhooks/testing";
import type { Endpoint } from "../../../webhooks/test/adapters/endpoint.ts";
import { mountOfficial, mounts } from "../../../webhooks/test/adapters/mounts.ts";
import { measure, type Measure } from "../measure.ts";

const appId = "benchapp";

/** Forged and genuine deliveries at every mount, and at what the official client's README shows. */
export async function forgeryMatrix(): Promise<readonly Measure[]> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { privateKey: rsa } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicPem = createPublicKey(privateKey).export({ format: "pem", type: "spki" }).toString();
  const forgeries = await createForgeries(
    { sign: signWith(privateKey, null), signRsa: signWith(rsa, "sha256"), signAsStranger: signWith(generateKeyPairSync("ed25519").privateKey, null) }, // prettier-ignore
    { appId },
  );
  const source = createMarketplaceSource({ appId, additionalKeys: [publicPem] });
  const ours: Result[] = [];
  for (const mount of Object.values(mounts))
    ours.push(await postAll(await mount(createWebhookReceiver({ source, inbox: createMemoryInbox() })), forgeries));
  const official = await officialResult(publicPem, forgeries);

  const label = `${forgeries.length} cases on ${ours.length} mounts`;
  const accepted = ours.flatMap((result) => result.accepted);
  const refused = ours.flatMap((result) => result.refused);
  return [
    measure(`${label}: accepted that the platform would not send`, accepted.length, "", { atMost: 0 }),
    measure(`${label}: accepted that a third party wrote, signed or altered`, accepted.filter(isForeign).length, "", { atMost: 0 }, { "official 3.1.0": official.accepted.filter(isForeign).length }), // prettier-ignore
    measure(`${label}: genuine ones refused`, refused.length, "", { atMost: 0 }, { "official 3.1.0": official.refused.length }),
  ];
}

/** What does harm; other cases are odd spellings of what is genuine, which the official client takes on purpose. */
function isForeign({ kind }: Forgery): boolean {
  return kind === "unsigned" || kind === "foreign" || kind === "other_app" || kind === "altered";
}

interface Result {
  readonly accepted: readonly Forgery[];
  readonly refused: readonly Forgery[];
}

async function postAll(endpoint: Endpoint, forgeries: readonly Forgery[]): Promise<Result> {
  const statuses: number[] = [];
  for (const forgery of forgeries) statuses.push(await endpoint.post(forgery));
  await endpoint.close();
  const isAccepted = (at: number): boolean => (statuses[at] ?? 0) >= 200 && (statuses[at] ?? 0) < 300;
  return {
    accepted: forgeries.filter(({ genuine }, at) => !genuine && isAccepted(at)),
    refused: forgeries.filter(({ genuine }, at) => genuine && !isAccepted(at)),
  };
}

async function officialResult(publicPem: string, forgeries: readonly Forgery[]): Promise<Result> {
  const client = new HighLevel({ clientId: `${appId}-bench`, clientSecret: "unused", webhookPublicKey: publicPem, logLevel: "none" });
  const middleware = client.webhooks.subscribe() as Parameters<typeof mountOfficial>[0];
  return postAll(await mountOfficial(middleware, () => {}), forgeries);
}

function signWith(key: KeyObject, digest: "sha256" | null): (body: Uint8Array | string) => string {
  return (body) => sign(digest, Buffer.from(body), key).toString("base64");
}
