import { expect, test } from "vitest";
import { createTestClient, type TestClient } from "../test-client.ts";

async function names({ emulator, call }: TestClient): Promise<readonly string[]> {
  const { body } = await call("GET", `/products/?locationId=${emulator.seed.locationId}&limit=100`);
  return body.products.map(({ name }: { readonly name: string }) => name) as string[];
}

const create = ({ emulator, call }: TestClient, name: string): Promise<unknown> =>
  call("POST", "/products/", { body: { locationId: emulator.seed.locationId, name, productType: "DIGITAL" } });

test("records go back to a snapshot, as often as wanted, and go on from there", async () => {
  const client = createTestClient();
  await create(client, "Kept");
  const snapshot = client.emulator.snapshot();
  const before = await names(client);
  for (let round = 0; round < 2; round += 1) {
    await create(client, `Lost ${round}`);
    expect(await names(client)).toContain(`Lost ${round}`);
    client.emulator.restore(snapshot);
    expect(await names(client)).toEqual(before);
  }
  await create(client, "After");
  expect(await names(client)).toEqual([...before, "After"]);
});

test("a snapshot is plain data for another emulator; one of another version is refused", async () => {
  const client = createTestClient();
  await create(client, "Copied");
  const other = createTestClient();
  other.emulator.restore(JSON.parse(JSON.stringify(client.emulator.snapshot())));
  expect(await names(other)).toContain("Copied");
  expect(() => other.emulator.restore({ relics: [] })).toThrow("There is no collection relics");
});
