import type { Ghl } from "ghlkit";

/** Makes different calls, spread over a time, and counts those that fail. */
export async function failuresOf(ghl: Ghl, location: string, count: number, withinMs: number): Promise<number> {
  const client = ghl.location(location);
  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, async (_, index) => {
      if (withinMs > 0) await new Promise((resolve) => setTimeout(resolve, (index * withinMs) / count));
      return client.contacts.create({ body: { firstName: `n${index}`, email: `${location}.${index}.${crypto.randomUUID()}@example.com` } });
    }),
  );
  return outcomes.filter(({ status }) => status === "rejected").length;
}
