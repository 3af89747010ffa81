import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import { describe, expect, it } from "vitest";
import { createWorkflowActions, type ActionCall, type PausedAction, type WorkflowActionsOptions } from "../../src/workflows/index.ts";

const secret = { header: "x-action-secret", value: "a-long-secret-value" };
const branches = [
  { id: "b1", name: "Hot" },
  { id: "b2", name: "Cold" },
];

function post(body: unknown, headers: Readonly<Record<string, string>> = { [secret.header]: secret.value }): Request {
  return new Request("https://app.example/action", {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers,
  });
}

const callOf = (data: object, more: object = {}, key = "score"): object => ({
  data,
  extras: { locationId: "loc", contactId: "con", workflowId: "wf", ...more },
  meta: { key, version: "1.0" },
});

function open(more: Partial<WorkflowActionsOptions> = {}) {
  const calls: ActionCall[] = [];
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  const actions = createWorkflowActions({
    secret,
    journal,
    clock,
    actions: {
      score: (call) => {
        calls.push(call);
        return { fields: { score: 80 }, branch: "Hot" };
      },
      broken: () => Promise.reject(new Error("no database")),
      wait: ({ paused }) => ({ fields: { kept: JSON.stringify(paused) } }),
    },
    ...more,
  });
  return { actions, calls };
}

describe("an action", () => {
  it("answers its fields and the id of the branch that it names", async () => {
    const { actions, calls } = open();
    const answer = await actions(post(callOf({ email: "ada@example.com", branches })));
    expect([answer.status, await answer.json()]).toEqual([200, { score: 80, branchId: "b1" }]);
    expect(calls).toMatchObject([
      {
        data: { email: "ada@example.com" },
        branches,
        locationId: "loc",
        contactId: "con",
        workflowId: "wf",
        version: "1.0",
        executionId: undefined,
      },
    ]);
  });

  it("is carried out once for an execution that HighLevel names, and answered the same again", async () => {
    const { actions, calls } = open();
    const call = callOf({ branches }, { statusId: "s1", stepId: "p1" });
    const answers = [await (await actions(post(call))).json(), await (await actions(post(call))).json()];
    expect(answers).toEqual([
      { score: 80, branchId: "b1" },
      { score: 80, branchId: "b1" },
    ]);
    await actions(post(callOf({ branches }, { statusId: "s2", stepId: "p1" })));
    expect(calls.map(({ executionId }) => executionId)).toEqual(["wf:s1:p1", "wf:s2:p1"]);
  });

  it("is refused without the secret, and for what is no call", async () => {
    const { actions, calls } = open();
    const statuses = [
      (await actions(post(callOf({}), {}))).status,
      (await actions(post(callOf({}), { [secret.header]: "another-secret-value" }))).status,
      (await actions(new Request("https://app.example/action", { headers: { [secret.header]: secret.value } }))).status,
      (await actions(post("not json"))).status,
      (await actions(post([1]))).status,
      (await actions(post({ data: {} }))).status,
      (await actions(post(callOf({}, {}, "unknown")))).status,
      (await actions(post(callOf({}, {}, "toString")))).status,
      (await actions(post(callOf({ text: "x".repeat(2_000_000) })))).status,
    ];
    expect(statuses).toEqual([401, 401, 405, 400, 400, 400, 404, 404, 413]);
    expect(calls).toEqual([]);
    expect(() => open({ secret: { header: "x", value: "short" } })).toThrow(/at least 16/);
  });

  it("that fails is answered with 500 and reported, and a branch that there is not fails", async () => {
    const errors: unknown[] = [];
    const { actions } = open({ onError: (error) => errors.push(error) });
    expect((await actions(post(callOf({}, {}, "broken")))).status).toBe(500);
    expect((await actions(post(callOf({ branches: [{ id: "b3", name: "Other" }] })))).status).toBe(500);
    expect(errors.map((error) => (error as Error).message)).toEqual(["no database", 'The action has no branch "Hot". It has: Other.']);
  });

  it("that pauses is resumed with what it was given, with the location's token, at HighLevel alone", async () => {
    const sent: { url: string; init: RequestInit }[] = [];
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      sent.push({ url, init });
      return Promise.resolve(new Response("{}", { status: sent.length === 1 ? 201 : 400 }));
    };
    const { actions } = open({ fetch, accessToken: (id) => Promise.resolve(`token-of-${id}`) });
    const { kept } = (await (await actions(post(callOf({}, { statusId: "s1", stepId: "p1" }, "wait")))).json()) as { kept: string };
    const paused = JSON.parse(kept) as PausedAction;
    await actions.resume(paused, { fields: { reply: "yes" }, branch: "b1" });
    expect(sent[0]?.url).toBe("https://services.leadconnectorhq.com/workflows-marketplace/actions/resume-action");
    expect(new Headers(sent[0]?.init.headers).get("authorization")).toBe("Bearer token-of-loc");
    expect(JSON.parse(String(sent[0]?.init.body))).toEqual({ extras: paused.extras, reply: "yes", branchId: "b1" });
    await expect(actions.resume(paused)).rejects.toMatchObject({ code: "bad_request" });
    const elsewhere = open({ fetch, accessToken: () => Promise.resolve("t"), resumeUrl: "https://example.com/resume" });
    await expect(elsewhere.actions.resume(paused)).rejects.toThrow(/no URL of HighLevel/);
    await expect(open({ fetch }).actions.resume(paused)).rejects.toThrow(/accessToken/);
  });
});
