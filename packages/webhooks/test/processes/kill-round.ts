import { setTimeout as wait } from "node:timers/promises";
import { appId, createTestSigner, oddBody } from "../signer.ts";
import { openEffects, type Effects, type InboxPlace } from "./effects.ts";
import { buildMortal, createMortals, type Mortal, type MortalOrder, type Mortals } from "./mortals.ts";

export interface KillRoundOptions extends InboxPlace {
  /** Processes that run side by side: one that does both, or one for each. */
  readonly roles: readonly MortalOrder["role"][];
  /** Kills of each of them. */
  readonly kills: number;
}

/** What was left after the last kill. */
export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged, and never handled. */
  readonly lost: number;
  /** Handled more than once. */
  readonly twice: number;
  /** Requests whose receiver died before it had answered. */
  readonly cutOff: number;
  /** Events whose worker died before it had committed: they were begun more than once. */
  readonly begunAgain: number;
}

const senders = 6;
const contacts = 40;
const longestLifeMs = 300;
/** Events that the last ones, who are not killed, go on to acknowledge: on a busy machine a short life may see none. */
const leastAcknowledged = 50;
/** How long what waits may take in the end. */
const drainMs = 120_000;

/**
 * The platform sends without a pause, each event until it is acknowledged; meanwhile each process is killed at random moments, in
 * the middle of whatever it does, and replaced.
 */
export async function killRound({ roles, kills, ...place }: KillRoundOptions): Promise<KillReport> {
  const signer = createTestSigner();
  const effects = await openEffects(place);
  const round = { acknowledged: new Set<string>(), cutOff: 0, port: 0, isOver: false };
  const program = await buildMortal();
  const lives = roles.map((role) => createMortals(program, { ...place, role, key: signer.publicPem, appId }));

  const send = async (id: string): Promise<void> => {
    const body = oddBody({ webhookId: id, id: `c-${Number(id.slice(2)) % contacts}` });
    const headers = { "x-ghl-signature": signer.sign(body), "content-type": "application/json" };
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${round.port}/`, { method: "POST", body, headers }).catch((error: unknown) => {
        // Nobody listens: that is between two receivers, not in the middle of a request.
        if ((error as { cause?: { code?: string } }).cause?.code !== "ECONNREFUSED") round.cutOff += 1;
      });
      await answer?.text().catch(() => {});
      if (answer?.status === 200) return void round.acknowledged.add(id);
      await wait(5);
    }
  };
  const sendAll = async (from: number): Promise<void> => {
    for (let at = from; !round.isOver; at += senders) {
      await send(`w-${at}`);
      await wait(Math.random() * 20);
    }
  };
  const begin = async (mortals: Mortals, role: MortalOrder["role"]): Promise<Mortal> => {
    const mortal = await mortals.next();
    if (role !== "worker") round.port = mortal.port;
    return mortal;
  };
  const killAll = async (mortals: Mortals, role: MortalOrder["role"]): Promise<Mortal> => {
    let mortal = await begin(mortals, role);
    for (let at = 0; at < kills; at += 1) {
      await wait(Math.random() * longestLifeMs);
      await mortal.kill();
      mortal = await begin(mortals, role);
    }
    return mortal;
  };

  const kill = async (): Promise<readonly Mortal[]> => {
    try {
      const survivors = await Promise.all(lives.map((mortals, at) => killAll(mortals, roles[at] ?? "both")));
      while (round.acknowledged.size < leastAcknowledged) await wait(20);
      return survivors;
    } finally {
      round.isOver = true;
    }
  };
  const killing = kill();
  const sending = Promise.all(Array.from({ length: senders }, (_, from) => sendAll(from)));
  try {
    const survivors = await killing;
    await sending;
    await drained(effects);
    for (const survivor of survivors) await survivor.kill();
    return await reportOf(effects, round, kills * roles.length);
  } finally {
    for (const mortals of lives) await mortals.close();
    await program.remove();
    await effects.close();
  }
}

async function drained({ inbox }: Effects): Promise<void> {
  const until = Date.now() + drainMs;
  while ((await inbox.backlog()).waiting > 0 && Date.now() < until) await wait(50);
}

type Round = { readonly acknowledged: ReadonlySet<string>; readonly cutOff: number };

async function reportOf({ inbox, list }: Effects, { acknowledged, cutOff }: Round, kills: number): Promise<KillReport> {
  const handled = await list();
  const known = new Set(handled);
  let begunAgain = 0;
  for (let after: string | undefined; ;) {
    const page = await inbox.query({ limit: 1000, ...(after === undefined ? {} : { after }) });
    begunAgain += page.deliveries.filter(({ attempts }) => attempts > 1).length;
    if (page.next === undefined) break;
    after = page.next;
  }
  const lost = [...acknowledged].filter((id) => !known.has(id)).length;
  return { kills, acknowledged: acknowledged.size, lost, twice: handled.length - known.size, cutOff, begunAgain };
}
