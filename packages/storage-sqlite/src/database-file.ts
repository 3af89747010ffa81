import { closeSync, openSync, readSync, statSync, type BigIntStats } from "node:fs";
import { resolve } from "node:path";
import { storageError } from "@ghlkit/storage/engine";

/** The SQLite header: https://sqlite.org/fileformat2.html#the_database_header */
const headerBytes = 100;
const magic = "SQLite format 3\u0000";

/**
 * The file that a connection has open, its log and its index, as they were when it was opened. The system keeps a file that is
 * deleted or replaced for the process that has it open: writes go on without an error, and are gone when the process ends.
 */
export class DatabaseFile {
  readonly #path: string;
  readonly #known = new Map<string, BigIntStats>();
  #size = 0n;

  constructor(path: string) {
    // The process may change its working directory.
    this.#path = resolve(path);
    for (const suffix of ["", "-wal", "-shm"]) {
      const found = look(`${this.#path}${suffix}`);
      if (found !== undefined) this.#known.set(suffix, found);
    }
    this.#size = this.#known.get("")?.size ?? 0n;
  }

  /** @throws GhlError `storage` unless path and log are still those that were opened. */
  checkReadable(): BigIntStats | undefined {
    const found = this.#check("");
    this.#check("-wal");
    if (found === undefined) return undefined;
    if (found.size < this.#size) this.#checkShorter(found.size);
    this.#size = found.size;
    return found;
  }

  /** As `checkReadable`, and for the index of the log, by which processes find what others wrote. */
  checkKept(): BigIntStats | undefined {
    const found = this.checkReadable();
    this.#check("-shm");
    return found;
  }

  /** @throws GhlError `storage` unless what is written now is kept. */
  checkWritable(): void {
    const found = this.checkKept();
    if (found === undefined || (found.mode & 0o222n) !== 0n || process.platform === "win32") return;
    throw storageError("read_only", `${this.#path} was made read-only while this process uses it: change its permissions.`);
  }

  #check(suffix: string): BigIntStats | undefined {
    const known = this.#known.get(suffix);
    if (known === undefined) return undefined;
    const path = `${this.#path}${suffix}`;
    const found = look(path);
    if (found === undefined) throw this.#lost(`${path} was deleted or moved, or its disk was unmounted,`);
    if (found.ino !== known.ino || found.dev !== known.dev) throw this.#lost(`${path} was replaced by another file`);
    return found;
  }

  /** A database becomes shorter by VACUUM, and is whole then. */
  #checkShorter(size: bigint): void {
    const { pages, pageBytes, isDatabase } = readHeader(this.#path);
    if (isDatabase && BigInt(pages) * BigInt(pageBytes) <= size) return;
    const message = `${this.#path} was cut off while this process uses it (${size} bytes are left of ${this.#size}): stop every process that uses it and restore a backup. Nothing was overwritten.`;
    throw storageError("corrupt", message);
  }

  #lost(what: string): Error {
    const message = `${what} while this process uses it: nothing is stored any more, because it would be lost. Put the file back, or restart the process.`;
    return storageError("unavailable", message);
  }
}

function look(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    // The folder may not be entered any more.
    return undefined;
  }
}

function readHeader(path: string): { readonly pages: number; readonly pageBytes: number; readonly isDatabase: boolean } {
  const header = Buffer.alloc(headerBytes);
  const file = openSync(path, "r");
  try {
    readSync(file, header, 0, headerBytes, 0);
  } finally {
    closeSync(file);
  }
  const pageBytes = header.readUInt16BE(16);
  return {
    pages: header.readUInt32BE(28),
    // 1 stands for 65,536.
    pageBytes: pageBytes === 1 ? 65_536 : pageBytes,
    isDatabase: header.toString("latin1", 0, magic.length) === magic,
  };
}
