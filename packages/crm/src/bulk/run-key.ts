/** Key of a run in the journal. A dry run has its own, and begins anew each time. */
export function runKeyOf({ id, dryRun }: { readonly id: string; readonly dryRun?: boolean }, now: number): string {
  return dryRun === true ? `bulk:${id} (dry run of ${new Date(now).toISOString()})` : `bulk:${id}`;
}
