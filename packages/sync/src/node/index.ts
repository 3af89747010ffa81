// Backups
export { backup, readBackup, type BackupOptions, type BackupReport } from "./backup/backup.ts";
export type { BackupKind, BackupManifest, BackupPart } from "./backup/manifest.ts";
export type { BackupClient, BackupLocation, LocationNames, NamedId } from "./backup/location-names.ts";

// Erasure
export { eraseContact, type EraseOptions, type EraseReport } from "./erase-contact.ts";
