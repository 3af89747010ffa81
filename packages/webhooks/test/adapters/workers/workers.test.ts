import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createForgeries } from "../../../src/testing/index.ts";
import { appId, createTestSigner, oddBody } from "../../signer.ts";
import { onPort, wrongAnswers } from "../endpoint.ts";
import { installMiniflare, startWorker } from "./miniflare.ts";

const missing = await installMiniflare();
if (missing !== undefined) {
  if (process.env["CI"] === "true") throw new Error(missing);
  console.warn(`SKIPPED: the receiver in the runtime of Workers. ${missing}`);
}

const signer = createTestSigner();

// Skipped without a registry: then there is no runtime to run in. Under CI=true that is a failure.
describe.skipIf(missing !== undefined)("the plain handler in the runtime of Workers", () => {
  let worker!: Awaited<ReturnType<typeof startWorker>>;
  beforeAll(async () => {
    worker = await startWorker({ testKey: signer.publicPem, testAppId: appId });
  }, 300_000);
  afterAll(() => worker?.stop());

  it("accepts nothing that is forged and everything that is genuine, and handles it", { timeout: 300_000 }, async () => {
    const forgeries = await createForgeries({ ...signer, signAsStranger: createTestSigner().sign }, { appId });
    expect(
      await wrongAnswers(
        onPort(Number(worker.url.port), async () => {}),
        forgeries,
      ),
    ).toEqual([]);
    const { handled, kept } = (await (await fetch(worker.url)).json()) as { readonly handled: string[]; readonly kept: number };
    const genuine = forgeries.filter(({ genuine: isGenuine }) => isGenuine).length;
    expect([kept, new Set(handled).size, handled.length]).toEqual([genuine, genuine, genuine]);
  });

  it("knows a workflow by its secret", async () => {
    const post = (secret: string): Promise<Response> =>
      fetch(new URL("/workflows", worker.url), { method: "POST", body: oddBody(), headers: { "x-workflow-secret": secret, "content-type": "application/json" } }); // prettier-ignore
    expect([(await post("only-for-this-test-0123")).status, (await post("something else")).status]).toEqual([200, 401]);
  });
});
