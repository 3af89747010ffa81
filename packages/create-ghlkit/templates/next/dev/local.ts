// `npm run dev`: the app on a local HighLevel. No account, and nothing leaves this machine.
import { spawn } from "node:child_process";
import { createEmulator } from "@ghlkit/emulator";

const port = process.env["PORT"] ?? "3000";
const emulator = createEmulator({ webhooks: { url: `http://127.0.0.1:${port}/webhooks` } });
const { seed } = emulator;
const { url } = await emulator.listen();
const { ed25519 } = await emulator.webhookPublicKeys();

console.log(`A local HighLevel on ${url}; its webhooks: ${url}/_emulator/webhooks`);
const next = spawn("next", ["dev", "--port", port], {
  stdio: "inherit",
  env: {
    ...process.env,
    GHL_BASE_URL: url,
    GHL_TOKEN: seed.tokens.location,
    GHL_LOCATION_ID: seed.locationId,
    GHL_APP_ID: seed.app.id,
    GHL_WEBHOOK_KEY: ed25519,
    GHL_DATABASE: ":memory:",
  },
});
next.on("exit", (code) => process.exit(code ?? 1));
