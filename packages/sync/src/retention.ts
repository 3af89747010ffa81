import type { Copy } from "./copy/copy.ts";
import type { SyncKey } from "./copy/kind-state.ts";
import type { Kind, KindDefinition, Wire } from "./kinds/kind.ts";

/** Days for which records of a kind are kept. */
export type Retention = Readonly<Partial<Record<Kind, number>>>;

/** Records whose age is looked at in one step. */
const chunk = 500;

/** Records from this time on are kept (ms since epoch); `undefined`: all. */
export function keptFrom(kind: Kind, retention: Retention, now: number): number | undefined {
  const days = retention[kind];
  return days === undefined ? undefined : now - days * 86_400_000;
}

/** Whether a record is too old to be kept. One that does not say its age is kept. */
export function isExpired({ agedBy }: Pick<KindDefinition, "agedBy">, body: Wire, from: number | undefined): boolean {
  const at = from === undefined ? undefined : agedBy(body);
  return at !== undefined && at < (from as number);
}

/**
 * Removes what is too old from the next records of a copy. They leave no tombstone: the platform has them, and no reading takes them up again.
 * @returns where to go on; `undefined` behind the last.
 */
export async function removeExpired(
  { copy, key, definition }: { readonly copy: Copy; readonly key: SyncKey; readonly definition: KindDefinition },
  { after, from }: { readonly after: string; readonly from: number },
): Promise<{ readonly after: string | undefined; readonly removed: number }> {
  const rows = await copy.page(key, after, chunk);
  const expired = rows.flatMap(({ id, body }) => (isExpired(definition, body, from) ? [id] : []));
  await copy.forget(key, expired);
  return { after: rows.length < chunk ? undefined : rows.at(-1)?.id, removed: expired.length };
}
