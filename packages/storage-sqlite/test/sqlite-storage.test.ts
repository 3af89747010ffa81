import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { describeStores } from "@ghlkit/storage/testing";
import { createSqliteStorage } from "../src/index.ts";

const runner = { describe, it, expect };
const clockToleranceMs = 2000;
let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-sqlite-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("two connections to one file", () => {
  describeStores(() => {
    const clock = createManualClock();
    const options = { path: join(folder, `${(files += 1)}.db`), clock, clockToleranceMs, steadyClock: clock.now };
    const [store, other] = [createSqliteStorage(options), createSqliteStorage(options)];
    const close = async (): Promise<void> => {
      await store.close();
      await other.close();
    };
    return { store, other, advance: clock.advance, leaseGraceMs: clockToleranceMs, close };
  }, runner);
});

describe(":memory:", () => {
  describeStores(() => {
    const clock = createManualClock();
    const store = createSqliteStorage({ path: ":memory:", clock, clockToleranceMs, steadyClock: clock.now });
    return { store, advance: clock.advance, leaseGraceMs: clockToleranceMs, close: store.close };
  }, runner);
});
