import { createClient } from "@ghlkit/client";
import { measure, median, type Measure } from "../measure.ts";

const rounds = 15;
const count = 10_000;

/** CPU that binding a location and reaching one of its services takes, each time anew. */
export function bindTime(): Measure {
  const client = createClient();
  const times = Array.from({ length: rounds }, (_, round) => microseconds(() => client.location(`loc-${round}`).contacts));
  return measure("client.location(id).contacts, CPU", median(times), "µs", { atMost: 2 });
}

function microseconds(bind: () => unknown): number {
  const before = process.cpuUsage();
  for (let index = 0; index < count; index += 1) bind();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
