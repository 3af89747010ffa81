import { beforeAll, describe, expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";
import { refusingAccount, textOf, type Case, type RefusingAccount } from "./refusal-case.ts";

const client = createTestClient({ clock: { now: () => Date.UTC(2026, 10, 30) } });
const { seed } = client.emulator;
const { locationId, pipelineId } = seed;

let account: RefusingAccount;
beforeAll(async () => {
  account = await refusingAccount(client);
});

const contacts: readonly Case[] = [
  ["an e-mail that is none", ["POST", "/contacts/", { locationId, email: "free text" }], 422, { message: ["email must be an email"] }],
  ["an empty e-mail", ["POST", "/contacts/", { locationId, email: "" }], 422, { message: ["email must be an email"] }],
  ["an empty phone", ["POST", "/contacts/", { locationId, email: "x@example.com", phone: "" }], 422, { statusCode: 422 }],
  ["a phone that is none", ["POST", "/contacts/", { locationId, phone: "123" }], 422, { statusCode: 422 }],
  ["a country that is none", ["POST", "/contacts/", { locationId, email: "x@example.com", country: "Narnia" }], 422, { statusCode: 422 }],
  ["a location alone: 400 on the wire, 422 in the body", ["POST", "/contacts/", { locationId }], 400, { statusCode: 422 }],
  ["the same of an upsert", ["POST", "/contacts/upsert", { locationId }], 400, { statusCode: 422 }],
  [
    "an assignee who is none",
    ["POST", "/contacts/", { locationId, email: "x@example.com", assignedTo: "missing" }],
    404,
    { statusCode: 404 },
  ],
  ["a contact that is none: 400, not 404", ["GET", "/contacts/missing"], 400, textOf("Contact with id missing not found")],
  [
    "a duplicate",
    ["POST", "/contacts/", { locationId, email: "ANN@example.com" }],
    400,
    { message: "This location does not allow duplicated contacts.", meta: { contactName: "Ann", matchingField: "email" } },
  ],
  [
    "an update to the e-mail of another",
    ["PUT", "/contacts/$bob", { email: "ann@example.com" }],
    400,
    textOf("This location does not allow duplicated contacts."),
  ],
  ["gender in an update", ["PUT", "/contacts/$ann", { gender: "f" }], 422, { message: ["property gender should not exist"] }],
  [
    "further e-mails",
    ["PUT", "/contacts/$ann", { additionalEmails: ["a@example.com"] }],
    422,
    { message: ["property additionalEmails should not exist"] },
  ],
  ["locationId in an update", ["PUT", "/contacts/$ann", { locationId }], 422, { message: ["property locationId should not exist"] }],
  [
    "a note with a locationId",
    ["POST", "/contacts/$ann/notes", { body: "x", locationId }],
    422,
    { message: ["property locationId should not exist"] },
  ],
  [
    "tags with a locationId",
    ["POST", "/contacts/$ann/tags", { tags: ["a"], locationId }],
    422,
    { message: ["property locationId should not exist"] },
  ],
  ["a task that is not complete", ["POST", "/contacts/$ann/tasks", { title: "x" }], 422, { statusCode: 422 }],
  [
    "a look-up of duplicates by nothing",
    ["GET", `/contacts/search/duplicate?locationId=${locationId}`],
    400,
    textOf("Pass at least one of number, email query parameter"),
  ],
  [
    "a flat range in a search",
    ["POST", "/contacts/search", { locationId, pageLimit: 10, filters: [{ field: "dateAdded", operator: "gt", value: 1 }] }],
    422,
    { message: ["Invalid Operator"] },
  ],
  [
    "an unknown key of a custom field",
    ["PUT", "/contacts/$ann", { customFields: [{ key: "contact.colour", field_value: "red" }] }],
    422,
    { statusCode: 422 },
  ],
  [
    "an amount that is none",
    ["PUT", "/contacts/$ann", { customFields: [{ id: seed.customFieldIds["contact.budget"], field_value: "abc" }] }],
    422,
    { statusCode: 422 },
  ],
  [
    "a page of more than 100",
    ["GET", `/contacts/?locationId=${locationId}&limit=101`],
    422,
    { message: ["limit must not be greater than 100"] },
  ],
  ["the old list without a location", ["GET", "/contacts/?limit=1"], 403, textOf("The token does not have access to this location.")],
  ["the locations of the agency, for one location", ["GET", "/locations/search"], 403, textOf("Forbidden resource")],
];

const others: readonly Case[] = [
  [
    "a second opportunity of a contact in a pipeline",
    ["POST", "/opportunities/", { locationId, pipelineId, contactId: "$ann", name: "Deal", status: "open" }],
    400,
    {
      message: "Can not create duplicate opportunity for the contact.",
      code: "OPPORTUNITY_NO_DUPLICATE",
      meta: { existingId: expect.any(String) as string },
    },
  ],
  [
    "an unknown pipeline",
    ["POST", "/opportunities/", { locationId, pipelineId: "nowhere", contactId: "$bob", name: "Deal", status: "open" }],
    400,
    textOf("The pipeline id is invalid."),
  ],
  [
    "no location",
    ["POST", "/opportunities/", { pipelineId, contactId: "$bob", name: "Deal", status: "open" }],
    422,
    { message: ["locationId can't be undefined"] },
  ],
  [
    "a stage by another name",
    ["POST", "/opportunities/", { locationId, pipelineId, stageId: "x", contactId: "$bob", name: "Deal", status: "open" }],
    422,
    { message: ["property stageId should not exist"] },
  ],
  ["the location in camel case in the search of v2", ["GET", `/opportunities/search?locationId=${locationId}`], 422, { statusCode: 422 }],
  [
    "the location in snake case of pipelines",
    ["GET", `/opportunities/pipelines?location_id=${locationId}`],
    422,
    { code: "COMMON_LOCATION_ID_UNDEFINED" },
  ],
  [
    "a limit of custom fields",
    ["GET", `/locations/${locationId}/customFields?limit=10`],
    422,
    { message: ["property limit should not exist"] },
  ],
  ["surveys beyond 50", ["GET", `/surveys/?locationId=${locationId}&limit=51`], 422, { message: ["limit must not be greater than 50"] }],
  ["forms beyond 100", ["GET", `/forms/?locationId=${locationId}&limit=101`], 422, { message: ["limit must not be greater than 100"] }],
  ["one form by its id", ["GET", "/forms/anything"], 401, { statusCode: 401 }],
  ["a workflow that is made", ["POST", "/workflows/", {}], 404, textOf("Cannot POST /workflows/")],
  [
    "a key of a custom field in an update",
    ["PUT", `/locations/${locationId}/customFields/${seed.customFieldIds["contact.budget"]}`, { name: "x", fieldKey: "y" }],
    422,
    { statusCode: 422 },
  ],
  ["snapshots for one location", ["GET", `/snapshots/?companyId=${seed.companyId}`], 401, { statusCode: 401 }],
  ["webhooks cannot be managed", ["GET", "/webhooks/"], 404, { statusCode: 404 }],
  [
    "a folder of contacts in the fields of objects",
    ["POST", "/custom-fields/folder", { locationId, objectKey: "contact", name: "x" }],
    400,
    textOf("Api does not support objectKey of type contact or opportunity"),
  ],
  [
    "the key of an object without its prefix",
    ["POST", "/custom-fields/folder", { locationId, objectKey: "pet", name: "x" }],
    400,
    textOf("Invalid key"),
  ],
];

describe.each([
  ["contacts", contacts],
  ["opportunities, forms and the rest", others],
])("%s", (_, cases) => {
  test.each(cases)("%s", async (_what, request, status, expected) => {
    const answer = await account.ask(request);
    expect(answer.body).toMatchObject(expected);
    expect(answer.status).toBe(status);
  });
});
