// Backups
export { backup, readBackup, type BackupOptions, type BackupReport } from "./backup/backup.ts";
export { loadBackup, type LoadBackupOptions } from "./backup/load-backup.ts";
export type { BackupKind, BackupManifest, BackupPart } from "./backup/manifest.ts";
export type { BackupClient, BackupLocation, LocationNames, NamedId, NamePart } from "./backup/location-names.ts";

// Restores
export { restore, type RestoreOptions } from "./restore/restore.ts";
export { restoredKinds, type RestoredKind } from "./restore/kind-restore.ts";
export type { RestoreCounts, RestoreFailure, RestoreReport } from "./restore/restore-report.ts";

// Erasure
export { eraseContact, type EraseOptions, type EraseReport } from "./erase-contact.ts";
