import { systemClock, type Clock } from "@ghlkit/core";
import { createEmulator, type Emulator, type EmulatorOptions } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createSync, type CopyEngine, type Sync, type SyncOptions } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import { createGhl, type Ghl } from "ghlkit";

/** A copy of an emulator's location, both in this process. */
export interface SyncHere {
  readonly emulator: Emulator;
  readonly ghl: Ghl;
  readonly sync: Sync;
  readonly into: CopyEngine;
  readonly locationId: string;
  readonly storage: ReturnType<typeof createMemoryStorage>;
  /** Operations of the copy's calls, and how often each was called. */
  readonly calls: Map<string, number>;
  readonly rows: (kind: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** @param change Puts another answer in place of one. */
export function syncHere(
  options: Partial<SyncOptions> & {
    readonly platform?: EmulatorOptions;
    readonly on?: Emulator;
    readonly skewMs?: number;
    readonly change?: (request: Request, answer: Response) => Response | Promise<Response>;
  } = {},
): SyncHere {
  const { platform, skewMs = 0, change = (_: Request, answer: Response) => answer, on, ...syncOptions } = options;
  const emulator = on ?? createEmulator({ enforceBurstLimit: false, dailyLimit: 100_000_000, ...platform });
  const clock: Clock = { ...systemClock, now: () => emulator.clock.now() + skewMs };
  const { locationId, tokens } = emulator.seed;
  const calls = new Map<string, number>();
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const answer = await emulator.fetch(request.clone());
    const operation = answer.headers.get("x-emulator-operation") ?? "?";
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    return change(request, answer);
  };
  const limits = { limit: 100_000_000 };
  const ghl = createGhl({
    token: tokens.location,
    location: locationId,
    baseUrl: "https://emulator.example",
    fetch,
    clock,
    limits,
    retry: { maxAttempts: 1 },
  });
  const storage = createMemoryStorage({ clock });
  const into = sqlite(":memory:");
  const sync = createSync({ ghl, storage, locations: [locationId], clock, into, ...syncOptions });
  return {
    emulator,
    ghl,
    sync,
    into,
    locationId,
    storage,
    calls,
    rows: (kind) => into.all(`select id, raw from $s.ghl_${kind}`),
  };
}
