import { isGhlError } from "@ghlkit/core";
import type { SuiteRunner } from "./suite-runner.ts";

/** An empty store, made anew for each test. */
export interface StoreUnderTest<Store> {
  readonly store: Store;
  /**
   * A second way to the same data: another connection.
   * @default the store itself
   */
  readonly other?: Store;
  /** Moves the store's clock forward. */
  readonly advance: (ms: number) => void | Promise<void>;
  /**
   * How long after its end a lease is still honoured, where the engine allows for clocks that differ.
   * @default 0
   */
  readonly leaseGraceMs?: number;
  readonly close?: () => void | Promise<void>;
}

/** Makes an empty store for one test. */
export type StoreFactory<Store> = () => StoreUnderTest<Store> | Promise<StoreUnderTest<Store>>;

type Body<Store> = (subject: Required<Omit<StoreUnderTest<Store>, "close">>, expect: SuiteRunner["expect"]) => Promise<void>;

/** Defines tests that each get a store of their own. */
export function testsWith<Store>(factory: StoreFactory<Store>, { it, expect }: SuiteRunner): (name: string, body: Body<Store>) => void {
  return (name, body) =>
    it(name, async () => {
      const { store, other = store, advance, leaseGraceMs = 0, close } = await factory();
      try {
        await body({ store, other, advance, leaseGraceMs }, expect);
      } finally {
        await close?.();
      }
    });
}

/** Code of the error a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<{ readonly code: string; readonly text: string }> {
  try {
    await promise;
    return { code: "none: it resolved", text: "" };
  } catch (error) {
    if (!isGhlError(error)) throw error;
    return { code: error.code, text: `${error.stack ?? ""} ${JSON.stringify(error)}` };
  }
}

/** Everything an async iterable gives. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
