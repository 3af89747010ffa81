// The wallet of a location
export { createWallet, type ChargeResult, type Wallet, type WalletCharge, type WalletClient, type WalletOptions } from "./create-wallet.ts";

// External authentication and billing
export { createExternalAuth, type ExternalAuthOptions, type ExternalCredentials } from "./create-external-auth.ts";
export { readBillingUrl, reportExternalBilling, type ExternalPayment } from "./report-external-billing.ts";
export type { CallbackSecret } from "../callbacks/callback-secret.ts";
