import { parseArgs } from "node:util";
import type { EmulatorOptions } from "../emulator-options.ts";
import type { ListenOptions } from "../server/serve.ts";
import { readSwitchFlags, switchFlags } from "./switch-flags.ts";
import { retryRegimeNames } from "../webhooks/retry-regime.ts";

/** What the command line asks for. */
export interface BinArguments {
  readonly help: boolean;
  readonly version: boolean;
  readonly listen: ListenOptions;
  readonly emulator: EmulatorOptions;
}

/** @throws Error with one sentence about what is wrong. */
export function parseBinArguments(args: readonly string[]): BinArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      "allowed-host": { type: "string", multiple: true },
      "max-body-bytes": { type: "string" },
      seed: { type: "string" },
      sandbox: { type: "boolean", default: false },
      "burst-limit": { type: "string" },
      "burst-window-ms": { type: "string" },
      "daily-limit": { type: "string" },
      "rate-window": { type: "string" },
      "no-rate-limit": { type: "boolean", default: false },
      "target-user": { type: "string" },
      "no-bulk": { type: "boolean", default: false },
      "white-label": { type: "boolean", default: false },
      "redirect-uri": { type: "string", multiple: true },
      "webhook-url": { type: "string" },
      "webhook-retry": { type: "string" },
      "legacy-signature": { type: "boolean", default: false },
      ...switchFlags,
      help: { type: "boolean", short: "h", default: false },
      version: { type: "boolean", short: "v", default: false },
    },
  });
  const number = (name: "burst-limit" | "burst-window-ms" | "daily-limit" | "max-body-bytes"): number | undefined =>
    values[name] === undefined ? undefined : readNumber(name, values[name], 1, Number.MAX_SAFE_INTEGER);
  const burstLimit = number("burst-limit");
  const burstWindowMs = number("burst-window-ms");
  const dailyLimit = number("daily-limit");
  const maxBodyBytes = number("max-body-bytes");
  const rateWindow = readChoice("rate-window", values["rate-window"], ["fixed", "sliding"]);
  const targetUser = readChoice("target-user", values["target-user"], ["Agency", "Sub-account"]);
  const retry = readChoice("webhook-retry", values["webhook-retry"], retryRegimeNames);
  const url = values["webhook-url"];
  if (url !== undefined && !URL.canParse(url)) throw new Error(`--webhook-url takes a URL, not "${url}".`);
  return {
    help: values.help,
    version: values.version,
    listen: {
      port: readNumber("port", values.port, 0, 65_535),
      host: values.host,
      ...(values["allowed-host"] !== undefined && { allowedHosts: values["allowed-host"] }),
    },
    emulator: {
      ...(values.seed !== undefined && { seed: values.seed }),
      limits: values.sandbox ? "sandbox" : "production",
      ...(burstLimit !== undefined && { burstLimit }),
      ...(burstWindowMs !== undefined && { burstWindowMs }),
      ...(dailyLimit !== undefined && { dailyLimit }),
      ...(maxBodyBytes !== undefined && { maxBodyBytes }),
      ...(rateWindow !== undefined && { rateWindow }),
      ...readSwitchFlags(values),
      ...(values["no-rate-limit"] && { enforceBurstLimit: false, enforceDailyQuota: false }),
      webhooks: {
        ...(url !== undefined && { url }),
        ...(retry !== undefined && { retry }),
        whSignature: values["legacy-signature"] ? "signed" : "absent",
      },
      app: {
        ...(targetUser !== undefined && { targetUser }),
        bulk: !values["no-bulk"],
        brand: values["white-label"] ? "white-label" : "standard",
        ...(values["redirect-uri"] !== undefined && { redirectUris: values["redirect-uri"] }),
      },
    },
  };
}

function readNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new Error(`--${name} takes a whole number from ${minimum} to ${maximum}, not "${text}".`);
}

function readChoice<T extends string>(name: string, text: string | undefined, choices: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new Error(`--${name} takes ${choices.join(" or ")}, not "${text}".`);
  return choice;
}
