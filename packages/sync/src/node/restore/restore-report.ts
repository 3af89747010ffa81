import type { Wire } from "../../kinds/kind.ts";
import type { BackupKind, BackupManifest } from "../backup/manifest.ts";
import type { KindRestore, RestoredKind } from "./kind-restore.ts";

/** Records of a kind by what became of them, or would. */
export interface RestoreCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Those that the API does not take: see `notRestored`. */
  readonly left: number;
  /** Those that the platform refused: the same restore, started again, tries them again. */
  readonly failed: number;
}

/** A record that the platform refused. */
export interface RestoreFailure {
  readonly kind: RestoredKind;
  /** Its id in the backup. */
  readonly id: string;
  readonly why: string;
}

/** What a restore did, or would do. */
export interface RestoreReport {
  /** `planned` for a dry run. `stopped`: its signal fired; the same call goes on. */
  readonly outcome: "planned" | "completed" | "stopped";
  /** Location of the backup, and the one into which it is restored. */
  readonly from: string;
  readonly into: string;
  readonly counts: Readonly<Partial<Record<RestoredKind, RestoreCounts>>>;
  /** What of the backup is not restored, with counts: a sentence each. */
  readonly notRestored: readonly string[];
  /** The first hundred. */
  readonly failures: readonly RestoreFailure[];
  /** Ids of the backup → ids of the location, for what was restored or is there. Empty for a dry run. */
  readonly ids: Readonly<Partial<Record<RestoredKind, ReadonlyMap<string, string>>>>;
}

/** What became of a record, or would. */
export interface RestoreOutcome {
  readonly outcome: "created" | "updated" | "unchanged" | "left" | "failed";
  readonly why?: string;
}

/** Failures that are named. */
const mostNamed = 100;

/** Counts what becomes of records, and what of them is lost. */
export class RestoreTally {
  readonly #counts = new Map<RestoredKind, Record<keyof RestoreCounts, number>>();
  readonly #losses = new Map<string, number>();
  readonly #failures: RestoreFailure[] = [];

  add({ kind, losses, idOf }: KindRestore, body: Wire, { outcome, why = "" }: RestoreOutcome): void {
    const counts = this.#counts.get(kind) ?? { created: 0, updated: 0, unchanged: 0, left: 0, failed: 0 };
    counts[outcome] += 1;
    this.#counts.set(kind, counts);
    if (outcome === "left") this.#lose(`${kind} ${why}`);
    if (outcome === "failed" && this.#failures.length < mostNamed) this.#failures.push({ kind, id: idOf(body), why });
    if (outcome === "created") for (const loss of new Set(losses(body))) this.#lose(`${kind} are created ${loss}`);
  }

  /** A record that an earlier call has created, and that is not there any more. */
  addGone(kind: RestoredKind): void {
    this.#lose(`${kind} that this restore created are not in the location any more: give it another id to restore them once more`);
  }

  get counts(): RestoreReport["counts"] {
    return Object.fromEntries(this.#counts);
  }

  get failures(): readonly RestoreFailure[] {
    return this.#failures;
  }

  /** Sentences: what each record lacks, and kinds that the API does not take at all. */
  sentences({ parts }: BackupManifest, from: string): readonly string[] {
    const recordsOf = (kind: BackupKind): number =>
      parts.filter((part) => part.kind === kind && part.locationId === from).reduce((sum, { records }) => sum + records, 0);
    const whole = [
      [recordsOf("conversations"), "conversations: the platform opens new ones for new contacts, and the API takes no history"],
      [recordsOf("messages"), "messages: the API takes no history"],
      [recordsOf("transactions"), "transactions: the API takes no payments of the past"],
    ] as const;
    const created = [...this.#counts.values()].reduce((sum, counts) => sum + counts.created, 0);
    return [
      ...(created > 0 ? [`${created} records get new ids, and the time of the restore as that of their creation and change.`] : []),
      ...[...this.#losses].toSorted(([, one], [, other]) => other - one).map(([loss, count]) => `${count} ${loss}.`),
      ...whole.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}.`] : [])),
    ];
  }

  #lose(loss: string): void {
    this.#losses.set(loss, (this.#losses.get(loss) ?? 0) + 1);
  }
}
