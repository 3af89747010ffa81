import { operationTable } from "@ghlkit/contract";
import { expect, test } from "vitest";
import { requestBuilder } from "../../src/request/request-builder.ts";

const operation = operationTable.operation("adPublishing.getLinkedinCampaignGroupReporting");
if (operation === undefined)
  throw new Error("The contract has no such operation any more: take another one with a name both in path and query.");
const build = requestBuilder(operation);

test("a name that stands in path and query can be given twice", () => {
  const { url } = build(
    "https://example.com",
    { campaignGroupId: "in path", campaignGroupIdInQuery: "in query", locationId: "l" },
    undefined,
    undefined,
  );
  expect(url).toBe("https://example.com/ad-publishing/linkedin/reporting/campaign-group/in%20path?campaignGroupId=in%20query&locationId=l");
});

test("the one of the query may be left out", () => {
  expect(build("https://example.com", { campaignGroupId: "1" }, undefined, undefined).url).toBe(
    "https://example.com/ad-publishing/linkedin/reporting/campaign-group/1",
  );
});
