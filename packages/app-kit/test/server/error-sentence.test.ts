import { ghlError } from "@ghlkit/core";
import { expect, it } from "vitest";
import { errorSentence } from "../../src/server/error-sentence.ts";

it("lets a person try again what another process has taken over", () => {
  const interrupted = ghlError("aborted", "The call was aborted by its signal.", {});
  const elsewhere = ghlError("in_progress", "Another process is at it.", { leaseMs: 1000 });

  for (const error of [interrupted, elsewhere]) expect(errorSentence(error)).toMatchObject({ status: 503, retry: true });
});
