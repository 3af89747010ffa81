import { ghlError } from "@ghlkit/core";
import { afterEach, expect, it, vi } from "vitest";
import { Refusal } from "../../src/server/error-sentence.ts";
import { resumeRuns, tryEach } from "../../src/server/resume-runs.ts";

const logged = vi.spyOn(console, "error").mockImplementation(() => {});
afterEach(() => logged.mockClear());

it("goes on with the others when one is refused or HighLevel does not answer, without a line", async () => {
  const done: number[] = [];
  await tryEach([1, 2, 3, 4], async (item) => {
    if (item === 2) throw new Refusal("No.");
    if (item === 3) throw ghlError("network", "No answer.", { sent: false });
    done.push(item);
  });
  expect(done).toEqual([1, 4]);
  expect(logged).not.toHaveBeenCalled();
});

it("logs what does not pass by itself, and goes on with the others", async () => {
  const done: number[] = [];
  const broken = new TypeError("It is not a function.");
  await tryEach([1, 2, 3], async (item) => {
    if (item === 1) throw ghlError("invalid_request", "There is no token.", {});
    if (item === 2) throw broken;
    done.push(item);
  });
  expect(done).toEqual([3]);
  expect(logged.mock.calls).toEqual([["invalid_request: There is no token."], [broken]]);
});

it("logs a run that failed again, unless HighLevel does not answer, and goes on with the next", async () => {
  async function* runs() {
    yield { id: "outage", outcome: "failed", error: ghlError("network", "HighLevel did not answer.", { sent: true }) };
    yield { id: "first", outcome: "failed", error: ghlError("invalid_request", "There is no token.", {}) };
    yield { id: "second", outcome: "done" };
  }
  const seen: string[] = [];
  await resumeRuns(runs(), ({ id }) => seen.push(id));
  expect(seen).toEqual(["outage", "first", "second"]);
  expect(logged.mock.calls).toEqual([["first goes on later: invalid_request: There is no token."]]);
});
