import { createEmulator } from "../../../emulator/src/index.ts";

/** A process that serves an emulator with one contact, and reports its processor time in milliseconds when it is asked for it. */
const emulator = createEmulator({ burstLimit: 1e9, journalSize: 0 });
const { tokens, locationId } = emulator.seed;
const headers = { Authorization: `Bearer ${tokens.location}`, Version: "v3", "Content-Type": "application/json" };
const body = JSON.stringify({ locationId, email: "ann@example.com", firstName: "Ann" });
const created = await emulator.fetch("http://emulator.test/contacts/", { method: "POST", headers, body });
const { contact } = (await created.json()) as { readonly contact: { readonly id: string } };
const { url } = await emulator.listen({ port: 0 });
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1000);
});
process.send?.({ url, path: `/contacts/${contact.id}`, headers });
