// Backups
export { backup, readBackup, type BackupOptions, type BackupReport } from "./backup/backup.ts";
export type { BackupManifest, BackupPart } from "./backup/manifest.ts";

// Erasure
export { eraseContact, type EraseOptions, type EraseReport } from "./erase-contact.ts";
