import { ghlError, isGhlError, unauthorisedCall, type Credentials } from "@ghlkit/core";
import { expect, test } from "vitest";
import { createGhl } from "../src/index.ts";

/** Credentials whose token has ended, on a host that fails: no refresh can succeed. */
function endedToken() {
  let asked = 0;
  const credentials: Credentials = {
    principal: () => ({ app: "app", kind: "location", resource: "loc", credential: "oauth" }),
    stamp: (next) => async (request, context) => {
      if ((asked += 1) > 10) throw unauthorisedCall(ghlError("network", "The token endpoint is away.", { sent: false }), context);
      return next(request, context);
    },
  };
  return { credentials, asked: () => asked };
}

test("while a circuit is open no token is asked for: a call is refused at once, and not by the token endpoint of the host that is down", async () => {
  const { credentials, asked } = endedToken();
  const ghl = createGhl({
    credentials,
    retry: { maxAttempts: 1 },
    breaker: { failures: 10 },
    fetch: async () => new Response("", { status: 503 }),
  });
  const call = (): Promise<unknown> =>
    ghl.contacts.get({ contactId: "c" }).then(undefined, (error: unknown) => isGhlError(error) && error.code);
  for (let failed = 0; failed < 10; failed += 1) expect(await call()).toBe("server");
  expect(await call()).toBe("circuit_open");
  expect(asked()).toBe(10);
});
