import type { Emulator } from "@ghlkit/emulator";

/** 5 % of the calls are answered with 5xx, 2 % lose their answer, half of those after they took effect; lists lag by five seconds; webhooks come twice, late, in another order, or never. */
export function breakPlatform({ faults, webhooks }: Emulator): void {
  for (const status of [500, 502, 503, 504]) faults.add({ operation: "*", kind: "error", status, rate: 0.0125 });
  faults.add({ operation: "*", kind: "lost-answer", afterEffect: true, rate: 0.01 });
  faults.add({ operation: "*", kind: "lost-answer", rate: 0.01 });
  faults.add({ operation: "*", kind: "replication-lag", lagMs: 5000 });
  webhooks.faults.add({ type: "*", kind: "drop", rate: 0.02 });
  webhooks.faults.add({ type: "*", kind: "duplicate", rate: 0.1 });
  webhooks.faults.add({ type: "*", kind: "reorder", rate: 0.1 });
}

/** What it met, and how often. The platform is well from now on. */
export function repairPlatform({ faults, webhooks }: Emulator): readonly string[] {
  const met = [
    ...faults
      .list()
      .map(
        ({ kind, status, afterEffect, hits }) => `${hits} × ${[kind, status, afterEffect && "after its effect"].filter(Boolean).join(" ")}`,
      ),
    ...webhooks.faults.list().map(({ kind, hits }) => `${hits} × webhook: ${kind}`),
  ];
  faults.clear();
  webhooks.faults.clear();
  return met;
}
