// What an engine of the stores needs beside the contracts
export { checkKey, checkPageSize, checkPrincipal, checkTtl, checkVersion } from "./engine/check-key.ts";
export { decodeInstallationBody, encodeInstallationBody, statesOf } from "./engine/installation-body.ts";
export { checkClaim, checkDelivery, checkInboxPage, inboxCursor } from "./engine/check-inbox.ts";
export { decodeDelivery } from "./engine/delivery-row.ts";
export { inboxConditions, type InboxConditions } from "./engine/inbox-conditions.ts";
export { createBatches, type BatchOptions } from "./engine/batches.ts";
export { createWatchers, type Watchers } from "./engine/watchers.ts";
export { checkStart, checkUnfinished, decodeJournalRow, encodeOutcome, refusedStart, type JournalRow } from "./engine/journal-entry.ts";
export { exchangeRate, parseRateState, type RateExchange } from "./engine/rate-exchange.ts";
export { rateWindowOn } from "./engine/rate-window-on.ts";
export { pages } from "./engine/pages.ts";
export { storageError } from "./engine/storage-error.ts";
export { decodeIntent, decodeTokenBody, encodeIntent, encodeTokenBody } from "./engine/token-body.ts";
