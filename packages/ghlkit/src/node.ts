// Everything from the environment
export { openGhl, type OpenedGhl, type OpenGhlSettings } from "./open-ghl.ts";

// Storage: SQLite with nothing to install, PostgreSQL and Redis by settings
export { openStorage, type OpenedStorage } from "./storage/open-storage.ts";
export type { EncryptionKey } from "./storage/encryption-key.ts";
export { storageFromEnv, type StorageSettings } from "./storage/storage-settings.ts";

// The fast transport
export { undiciSend, type UndiciSend, type UndiciSendOptions } from "./transport/undici-send.ts";
export type { ConnectionOptions } from "./transport/connection-options.ts";
