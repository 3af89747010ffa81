import { ghlError, isGhlError } from "@ghlkit/core";
import type { WriteResult } from "../copy/copy.ts";
import type { KindState, ScanCounts, ScanState } from "../copy/kind-state.ts";
import type { ListedPage } from "../kinds/kind.ts";
import { keepPage, type KindRun } from "./kind-run.ts";
import { keptFrom, removeExpired } from "../retention.ts";
import { removeMissing } from "./remove-missing.ts";

const none: ScanCounts = { pages: 0, calls: 0, created: 0, updated: 0, unchanged: 0 };

/**
 * Reads all records of a kind, from where the last slice or process stopped, and finds out what is gone. Each page is kept in one transaction
 * with where the list goes on.
 * @returns the state behind it: `scan` is still there when the slice was over, or deletions wait for a person.
 * @throws what a call throws; what was kept until then stays. GhlError `invalid_response` for a list that is not complete: nothing is taken for gone then.
 */
export async function readAll(run: KindRun, before: KindState | undefined): Promise<KindState> {
  let state = before?.scan === undefined ? begun(run, before) : before;
  if (state.scan?.isListed === false) state = await listOn(run, state).catch((error: unknown) => fromTheStart(run, error));
  if (state.scan?.isListed === true && state.scan.isPruned !== true && !run.isOver()) state = await prune(run, state);
  return state.scan?.isListed === true && state.scan.isPruned === true && !run.isOver() ? removeMissing(run, state) : state;
}

function begun({ clock }: KindRun, before: KindState | undefined): KindState {
  const reason = before?.lastScan === undefined ? "backfill" : "reconcile";
  const { problem: _, brake: __, ...rest } = before ?? { generation: 0 };
  return {
    ...rest,
    generation: rest.generation + 1,
    scan: { ...none, reason, startedAt: clock.now(), signpost: undefined, isListed: false, total: undefined },
  };
}

/** A list that contradicts itself (the same cursor twice, an end that comes too soon) is read from its start the next time: where it stopped is worth nothing. */
async function fromTheStart({ copy, key, fence }: KindRun, error: unknown): Promise<never> {
  const state = await copy.state(key);
  if (isGhlError(error, "invalid_response") && state?.scan !== undefined) {
    const { cursor: _, ...scan } = state.scan;
    await copy.checkpoint(key, { state: { ...state, scan }, fence });
  }
  throw error;
}

/** What is too old was not taken up: it goes before what the list did not show is looked for. */
async function prune(run: KindRun, before: KindState): Promise<KindState> {
  const scan = before.scan as ScanState;
  const from = keptFrom(run.key.kind, run.retention, scan.startedAt);
  let { expireAfter: after, expired = 0 } = { expireAfter: "", ...scan } as ScanState;
  while (from !== undefined && after !== undefined) {
    const step = await removeExpired(run, { after, from });
    expired += step.removed;
    after = step.after;
    if (run.isOver() && after !== undefined) return keepState(run, { ...before, scan: { ...scan, expireAfter: after, expired } });
  }
  const pruned: KindState = { ...before, scan: { ...scan, isPruned: true, ...(from !== undefined && { expired }) } };
  return from === undefined ? pruned : keepState(run, pruned);
}

async function keepState({ copy, key, fence }: KindRun, state: KindState): Promise<KindState> {
  await copy.checkpoint(key, { state, fence });
  return state;
}

async function listOn(run: KindRun, before: KindState): Promise<KindState> {
  const { definition, location, clock, pagesAtATime } = run;
  let state = before;
  // Of several pages that are read at a time any may have begun with the first one.
  const begun = clock.now();
  let observedAt = begun;
  for await (const page of definition.list(location, { cursor: before.scan?.cursor, clock, pagesAtATime })) {
    state = await keepListed(run, state, page, observedAt);
    if (page.next !== undefined && run.isOver()) return state;
    observedAt = pagesAtATime === 1 ? clock.now() : begun;
  }
  await checkComplete(run, state);
  const { problem: _, ...rest } = state;
  const listed: KindState = { ...rest, scan: { ...(state.scan as ScanState), isListed: true } };
  await run.copy.checkpoint(run.key, { state: listed, fence: run.fence });
  return listed;
}

async function keepListed(run: KindRun, before: KindState, page: ListedPage, observedAt: number): Promise<KindState> {
  const scan = before.scan as ScanState;
  const from = keptFrom(run.key.kind, run.retention, scan.startedAt);
  const following = (written: WriteResult & { readonly expired: number }): KindState => ({
    ...before,
    scan: {
      ...scan,
      pages: scan.pages + 1,
      calls: scan.calls + page.calls + written.doubtful.length,
      created: scan.created + written.created,
      updated: scan.updated + written.updated,
      unchanged: scan.unchanged + written.unchanged,
      ...(from !== undefined && { expired: (scan.expired ?? 0) + written.expired }),
      signpost: scan.signpost ?? page.serverAt ?? observedAt,
      cursor: page.next,
      total: page.total ?? scan.total,
    },
  });
  const { generation } = before;
  const source = scan.reason;
  const { state } = await keepPage(run, { items: page.items, source, observedAt, keptFrom: from }, { generation, state: following });
  return state;
}

/** An end that comes too soon (an empty page among full ones) is no proof of what is gone. */
async function checkComplete({ copy, key }: KindRun, { generation, scan }: KindState): Promise<void> {
  if (scan?.total === undefined) return;
  // Pages overlap: what is too old may be counted twice, and a record that is missing is read by its id before it is believed to be gone in any case.
  const seen = (await copy.countSeen(key, generation)) + (scan.expired ?? 0);
  if (seen >= scan.total) return;
  const message = `The list of ${key.kind} ended at page ${scan.pages} with ${seen} of ${scan.total} records: nothing is taken for deleted.`;
  throw ghlError("invalid_response", message, { status: 200 });
}
