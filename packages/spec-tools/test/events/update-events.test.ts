import { expect, test } from "vitest";
import { parse } from "yaml";
import { updateEvents } from "../../src/events/update-events.ts";
import { temporaryFolder, writeFiles } from "../source-fixture.ts";

const known =
  'openapi: 3.1.0\ninfo: { title: e, version: "1" }\nwebhooks: { PetBorn: { post: { x-type: PetBorn, x-confidence: documented } } }\n';

test("a source without event pages changes nothing and says so", async () => {
  const { text, report } = await updateEvents(await temporaryFolder(), known);
  expect(text).toBe(known);
  expect(report).toContain("no event pages");
});

test("a page of a new kind is added, one of a known kind changes nothing", async () => {
  const source = await temporaryFolder();
  await writeFiles(source, {
    "docs/webhook events/PetBorn.md": '```json\n{ "type": "OTHER" }\n```',
    "docs/webhook events/PetMoved.md": '# Moved\n```json\n{ "type": "PetMoved", "id": "1", "rooms": [2] }\n```\n',
    "docs/webhook events/PetLost.md": "# Nothing said",
  });
  const { text, report } = await updateEvents(source, known);
  const { webhooks, components } = parse(text);
  expect(report).toBe("3 event pages, new: PetLost, PetMoved.");
  expect(webhooks.PetBorn).toEqual({ post: { "x-type": "PetBorn", "x-confidence": "documented" } });
  expect(webhooks.PetMoved.post).toMatchObject({ "x-type": "PetMoved", "x-confidence": "documented", "x-type-on-wire": true });
  expect(components.schemas.PetMoved.properties).toMatchObject({
    id: { type: "string" },
    rooms: { type: "array", items: { type: "number" } },
  });
  expect(webhooks.PetLost.post).toMatchObject({ "x-confidence": "named-only", "x-type-on-wire": "unknown" });
  expect((await updateEvents(source, text)).text).toBe(text);
});
