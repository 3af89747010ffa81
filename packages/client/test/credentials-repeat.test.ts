import type { Credentials, Layer } from "@ghlkit/core";
import { expect, test } from "vitest";
import { createPipeline } from "../src/pipeline.ts";
import { createContext } from "@ghlkit/core";

function traced(): { order: string[]; credentials: Credentials & { repeat: Layer }; mine: Layer } {
  const order: string[] = [];
  const layer =
    (name: string): Layer =>
    (next) =>
    (request, context) => {
      order.push(name);
      return next(request, context);
    };
  const principal = { app: "a", kind: "location", resource: "l" } as const;
  return { order, credentials: { principal: () => principal, stamp: layer("stamp"), repeat: layer("repeat") }, mine: layer("mine") };
}

const request = { method: "GET", url: "https://services.leadconnectorhq.com/x", headers: {}, body: undefined };
const fetch = async (): Promise<Response> => new Response("{}");

test("the repeat of the credentials is outermost unless it is among the layers", async () => {
  const first = traced();
  await createPipeline({ fetch, credentials: first.credentials, layers: [first.mine] }).send(request, createContext());
  expect(first.order).toEqual(["repeat", "mine", "stamp"]);
  const second = traced();
  const layers = [second.mine, second.credentials.repeat];
  await createPipeline({ fetch, credentials: second.credentials, layers }).send(request, createContext());
  expect(second.order).toEqual(["mine", "repeat", "stamp"]);
});
