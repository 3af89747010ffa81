import type { Journal } from "@ghlkit/storage";

/** Which contact an id of your own system belongs to, both ways. Make one on a table of your own if you have one. */
export interface ExternalIds {
  readonly contactOf: (externalId: string) => Promise<string | undefined>;
  readonly externalIdOf: (contactId: string) => Promise<string | undefined>;
  /** From now on the external id belongs to this contact, whatever it belonged to before. */
  readonly link: (externalId: string, contactId: string) => Promise<void>;
}

/**
 * Keeps external ids in a journal: the platform's search lags up to ten seconds behind its writes, this does not. Entries are forgotten
 * when the journal prunes what is as old as they are; then the contact is recognised by e-mail or phone, and linked again.
 */
export function journalExternalIds(journal: Journal, locationId: string): ExternalIds {
  const contacts = journalMap(journal, `crm:contact-of:${locationId}`);
  const externalIds = journalMap(journal, `crm:external-id-of:${locationId}`);
  return {
    contactOf: contacts.get,
    externalIdOf: externalIds.get,
    link: async (externalId, contactId) => {
      await contacts.set(externalId, contactId);
      await externalIds.set(contactId, externalId);
    },
  };
}

interface JournalMap {
  readonly get: (key: string) => Promise<string | undefined>;
  readonly set: (key: string, value: string) => Promise<void>;
}

/** What is finished in a journal does not change: a new value is a new entry, and the last one counts. */
function journalMap(journal: Journal, name: string): JournalMap {
  const entryKey = (key: string, generation: number): string => `${name}:${generation}:${key}`;
  const last = async (key: string): Promise<{ readonly generation: number; readonly value: string | undefined }> => {
    let value: string | undefined;
    for (let generation = 1; ; generation += 1) {
      const entry = await journal.get(entryKey(key, generation));
      // One whose process died between its two steps has no value yet.
      if (entry?.state !== "finished") return { generation, value };
      value = typeof entry.outcome === "string" ? entry.outcome : undefined;
    }
  };
  return {
    get: async (key) => (await last(key)).value,
    set: async (key, value) => {
      // Again after a write: where the first entries were pruned, older ones may stand behind the new one.
      for (;;) {
        const { generation, value: before } = await last(key);
        if (before === value) return;
        const entry = entryKey(key, generation);
        const known = await journal.get(entry);
        const start = await journal.start(entry, { leaseMs: 1, after: known?.attempt ?? 0 });
        // Another process is linking it at this moment.
        if (!start.started) return;
        await journal.finish(entry, { attempt: start.attempt, outcome: value });
      }
    },
  };
}
