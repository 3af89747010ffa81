import { describe, expect, test } from "vitest";
import { createEndpoint } from "./endpoint.ts";

describe("an installation with one scope", () => {
  const installed = (scopes: "enforce" | "ignore") => {
    const endpoint = createEndpoint({ scopes });
    const { oauth, seed } = endpoint.emulator;
    oauth.uninstall({ locationId: seed.locationId });
    oauth.install({ locations: [seed.locationId], scopes: ["contacts.readonly"] });
    const sends = (type: string): boolean => {
      try {
        return endpoint.emulator.webhooks.trigger(type).length > 0;
      } catch (error) {
        expect((error as Error).message).toContain(`would receive ${type}`);
        return false;
      }
    };
    return sends;
  };

  test.each([
    ["ContactCreate", true],
    ["OpportunityCreate", false],
    // Needs no scope at all.
    ["KnowledgeBaseCreate", true],
    ["SupportTicketCreate", true],
  ])("%s reaches it: %s", (type, reaches) => {
    expect(installed("enforce")(type)).toBe(reaches);
    expect(installed("ignore")(type)).toBe(true);
  });
});
