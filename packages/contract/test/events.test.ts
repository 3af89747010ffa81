import { describe, expect, it } from "vitest";
import { eventDescriptions, type EventPayloads } from "../src/events.ts";

const events = eventDescriptions();

describe("webhook events", () => {
  it("are all there, each type once", () => {
    expect(events.length).toBeGreaterThanOrEqual(76);
    const types = events.flatMap(({ type }) => type ?? []);
    expect(new Set(types).size).toBe(types.length);
  });

  it.each([
    ["AppInstall", "INSTALL"],
    ["AppUninstall", "UNINSTALL"],
    ["AppUpdate", "UPDATE"],
    ["PlanChange", "PLAN_CHANGE"],
    ["ConversationUnreadWebhook", "ConversationUnreadUpdate"],
    ["SaaSPlanCreate", "SaasPlanCreate"],
    ["ProviderOutboundMessage", undefined],
  ])("%s sends type %s", (kind, type) => {
    expect(events.find((event) => event.kind === kind)).toMatchObject({ type });
  });

  it("type their payloads", () => {
    const payload: EventPayloads["ContactCreate"] = { type: "ContactCreate", id: "c1", email: "ada@example.com" };
    // @ts-expect-error -- an e-mail is text
    const wrong: EventPayloads["ContactCreate"] = { id: "c1", email: 1 };
    expect([payload.email, wrong.email]).toEqual(["ada@example.com", 1]);
  });
});
