import type { WebhookEvent } from "@ghlkit/webhooks";
import type { PlatformRecord } from "./platform-user.ts";

/** What an app makes of the events: its own copy of contacts and opportunities. */
export interface Mirror {
  readonly handle: (event: WebhookEvent, context: { readonly stale: boolean }) => void;
  readonly ids: (kind: PlatformRecord["kind"]) => readonly string[];
  /** Kind and id of what an event is about, and whether that was deleted. */
  readonly keyOf: (fields: object) => string;
  /** Keys of the events since it was asked to forget. */
  readonly reported: () => ReadonlySet<string>;
  readonly clearReported: () => void;
  /** Records that are missing, too many or not the same. */
  readonly differences: (records: readonly PlatformRecord[]) => number;
}

export function createMirror(): Mirror {
  const records: Record<PlatformRecord["kind"], Map<string, string>> = { contact: new Map(), opportunity: new Map() };
  const reported = new Set<string>();
  return {
    keyOf,
    handle: ({ type, payload }, { stale }) => {
      const fields = payload as Readonly<Record<string, unknown>>;
      reported.add(keyOf({ ...fields, type }));
      const kind = type.startsWith("Contact") ? "contact" : type.startsWith("Opportunity") ? "opportunity" : undefined;
      if (kind === undefined || stale) return;
      const id = String(fields["id"]);
      if (type.endsWith("Delete")) records[kind].delete(id);
      else records[kind].set(id, String(kind === "contact" ? fields["firstName"] : fields["name"]));
    },
    ids: (kind) => [...records[kind].keys()],
    reported: () => reported,
    clearReported: () => reported.clear(),
    differences: (platform) => {
      const theirs = new Map(platform.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
      const ours = new Map((["contact", "opportunity"] as const).flatMap((kind) => [...records[kind]].map(([id, name]) => [`${kind} ${id}`, name]))); // prettier-ignore
      return [...new Set([...theirs.keys(), ...ours.keys()])].filter((key) => theirs.get(key) !== ours.get(key)).length;
    },
  };
}

function keyOf(fields: object): string {
  const { type, id, messageId } = fields as { readonly type?: string; readonly id?: string; readonly messageId?: string };
  const kind = ["Contact", "Opportunity"].find((start) => type?.startsWith(start)) ?? type ?? "";
  return `${kind} ${messageId ?? id ?? ""}${type?.endsWith("Delete") === true ? " deleted" : ""}`;
}
