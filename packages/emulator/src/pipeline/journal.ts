/** One request as the journal keeps it. */
export interface JournalEntry {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** Operation id; absent when the path matched none. */
  readonly operation?: string;
  /** 0 when a fault lost the answer. */
  readonly status: number;
  /** Kind of the fault it met. */
  readonly fault?: string;
  /** The `Version` header as sent. */
  readonly version?: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Parsed, secrets replaced. */
  readonly body?: unknown;
}

/** What the pipeline hands over. It is turned into an entry only when someone reads. */
export interface JournalRecord {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly operation: string | undefined;
  readonly status: number;
  readonly fault: string | undefined;
  readonly version: string | null;
  readonly queryText: string;
  readonly body: unknown;
}

/** The last requests. */
export interface Journal {
  readonly add: (record: JournalRecord) => void;
  /** Oldest first; with a limit, the latest ones. */
  readonly entries: (limit?: number) => readonly JournalEntry[];
  readonly clear: () => void;
}

export function createJournal(size: number): Journal {
  let ring: JournalRecord[] = [];
  let next = 0;
  return {
    add(record) {
      if (size === 0) return;
      ring[next % size] = record;
      next += 1;
    },
    entries(limit = size) {
      const start = next > size ? next % size : 0;
      const ordered = [...ring.slice(start), ...ring.slice(0, start)];
      return ordered.slice(Math.max(0, ordered.length - limit)).map(entryOf);
    },
    clear() {
      ring = [];
      next = 0;
    },
  };
}

function entryOf(record: JournalRecord): JournalEntry {
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(record.queryText)) {
    const before = query[name];
    query[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return {
    at: new Date(record.atMs).toISOString(),
    method: record.method,
    path: record.path,
    ...(record.operation !== undefined && { operation: record.operation }),
    status: record.status,
    ...(record.fault !== undefined && { fault: record.fault }),
    ...(record.version !== null && { version: record.version }),
    query: redact(query) as JournalEntry["query"],
    ...(record.body !== undefined && { body: redact(record.body) }),
  };
}

const secretName =
  /^(client_?secret|(access|refresh|id)_?token|token|code|password|secret|api_?key|auth_?token|publishable_?key|shared_?secret)$/i;

function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, secretName.test(name) ? "[redacted]" : redact(item)]));
}
