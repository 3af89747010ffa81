import { openIntegration, type Integration } from "./integration.ts";

const holder = globalThis as typeof globalThis & { myAppIntegration?: Promise<Integration> | undefined };

/** One for the whole process: Next.js loads a module once for each route, and again after a change. */
export function integration(): Promise<Integration> {
  return (holder.myAppIntegration ??= openIntegration().catch((error: unknown) => {
    holder.myAppIntegration = undefined;
    throw error;
  }));
}
