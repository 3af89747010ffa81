import type { Page } from "@ghlkit/client";
import { isGhlError } from "@ghlkit/core";
import type { ListedPage, Wire } from "./kind.ts";

/** Ms since epoch of a time in any of the platform's spellings: ISO text, number, `{ seconds, nanoseconds }`. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") {
    const time = Date.parse(value);
    return Number.isNaN(time) ? undefined : time;
  }
  const { seconds, nanoseconds = 0 } = (value ?? {}) as { readonly seconds?: unknown; readonly nanoseconds?: unknown };
  return typeof seconds === "number" ? seconds * 1000 + Math.floor(Number(nanoseconds) / 1_000_000) : undefined;
}

/** A text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** `Date` of an answer, ms since epoch. */
export function serverTime({ headers }: { readonly headers: Headers }): number | undefined {
  return timeOf(headers.get("date") ?? undefined);
}

/** A page of the client, with where the list goes on behind it. */
export function listedPage(page: Page<unknown, unknown>): ListedPage {
  return {
    items: page.items as readonly Wire[],
    next: page.resume,
    total: page.total,
    serverAt: serverTime(page),
    calls: 1,
  };
}

/** The result, or `undefined` when the platform says that there is no such record. @throws every other error. */
export async function unlessMissing<Result>(read: Promise<Result>): Promise<Result | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isGhlError(error, "not_found")) return undefined;
    throw error;
  }
}
