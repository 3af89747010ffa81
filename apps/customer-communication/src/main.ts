import { openLocalPlatform, runApp } from "@ghlkit/app-kit/server";
import { startInbox } from "./server.ts";

// Without an account: a HighLevel on this machine.
const hasAccount = process.env["GHL_TOKEN"] !== undefined || process.env["GHL_CLIENT_ID"] !== undefined;
const platform = hasAccount ? undefined : await openLocalPlatform();
const env = platform === undefined ? process.env : { ...process.env, ...(await platform.environment("private")) };
const { served, backend } = await startInbox(env);
runApp("Inbox", served, backend);
