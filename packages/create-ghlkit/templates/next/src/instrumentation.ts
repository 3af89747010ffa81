/** Runs when the server starts: webhooks that an earlier process stored are handled without waiting for a request. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { integration } = await import("./shared-integration.ts");
  await integration();
}
