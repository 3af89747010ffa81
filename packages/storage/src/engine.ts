// What an engine of the stores needs beside the contracts
export { checkKey, checkPageSize, checkPrincipal, checkTtl, checkVersion } from "./engine/check-key.ts";
export { decodeInstallationBody, encodeInstallationBody, statesOf } from "./engine/installation-body.ts";
export { pages } from "./engine/pages.ts";
export { storageError } from "./engine/storage-error.ts";
export { decodeIntent, decodeTokenBody, encodeIntent, encodeTokenBody } from "./engine/token-body.ts";
