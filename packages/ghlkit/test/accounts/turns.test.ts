import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { expect, it } from "vitest";
import { inspectAccounts } from "../../src/health.ts";

it("lets other work have its turn, however many accounts there are", async () => {
  const storage = createSqliteStorage({ path: ":memory:" });
  await Promise.all(
    Array.from({ length: 1000 }, (_, number) =>
      storage.tokens.put(
        {
          principal: { app: "app", kind: "location", resource: `loc-${number}` },
          accessToken: "a",
          expiresAt: 1,
          scopes: [],
          userType: "Location",
          extra: {},
        },
        { expectedVersion: 0 },
      ),
    ),
  );
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  let accounts = 0;
  for await (const _account of inspectAccounts(storage, { now: 0 })) accounts += 1;
  isDone = true;
  expect(accounts).toBe(1000);
  // One after each hundred at least.
  expect(turns).toBeGreaterThanOrEqual(9);
  await storage.close();
});
