import { describe, expect, inject, it } from "vitest";
import { describeLeaseStore, describeStores, describeTokenStore, slowStores, type StoreUnderTest } from "@ghlkit/storage/testing";
import type { Stores } from "@ghlkit/storage";
import { createPostgresStorage } from "../src/index.ts";
import { createTestSchema } from "./test-schema.ts";

async function twoPools(): Promise<StoreUnderTest<Stores>> {
  const { name: schema, pool, advance, drop } = await createTestSchema();
  const store = await createPostgresStorage({ pool, schema });
  const other = await createPostgresStorage({ connectionString: inject("postgres"), schema, maxConnections: 4 });
  const close = async (): Promise<void> => {
    await other.close();
    await drop();
  };
  return { store, other, advance, close };
}

describe("two pools", () => {
  describeStores(twoPools, { describe, it, expect });
});

describe("a store that answers in 5 to 60 ms", () => {
  const slowly = async <Name extends "tokens" | "leases">(name: Name): Promise<StoreUnderTest<Stores[Name]>> => {
    const { store, other = store, ...rest } = await twoPools();
    return { ...rest, store: slowStores(store)[name], other: slowStores(other)[name] };
  };
  // At the same time, because most of it is waiting.
  const runner = { describe, it: it.concurrent, expect };
  describeTokenStore(() => slowly("tokens"), runner);
  describeLeaseStore(() => slowly("leases"), runner);
});
