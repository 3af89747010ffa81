import { ghlError } from "@ghlkit/core";
import { expect, it } from "vitest";
import { errorSentence } from "../../src/server/error-sentence.ts";

it("lets a person try again what another process has taken over", () => {
  const interrupted = ghlError("aborted", "The call was aborted by its signal.", {});
  const elsewhere = ghlError("in_progress", "Another process is at it.", { leaseMs: 1000 });

  for (const error of [interrupted, elsewhere])
    expect(errorSentence(error)).toEqual({ status: 503, message: "It is being done already. Try again in a moment.", retry: true });
});

it.each(["token_revoked", "scope_missing"] as const)("asks staff to reconnect after %s, and no visitor", (code) => {
  const error = ghlError(code, "No.", {} as never);

  expect(errorSentence(error).message).toContain("Reconnect HighLevel");
  expect(errorSentence(error, "public")).toMatchObject({ retry: true, message: expect.not.stringMatching(/reconnect/i) as string });
});
