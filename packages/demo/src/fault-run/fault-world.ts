import type { Emulator } from "@ghlkit/emulator";
import type { AppProcess } from "../app-process.ts";
import { openPatientPerson, type PatientPerson } from "./patient-person.ts";

/** What a workload is given. */
export interface FaultWorld {
  readonly emulator: Emulator;
  readonly locationId: string;
  readonly app: AppProcess;
  /** From 0 to 1, seeded. */
  readonly random: () => number;
  /** A person who is in HighLevel already. @returns the id of the contact */
  readonly createContact: (person: Readonly<Record<"firstName" | "lastName" | "email" | "phone", string>>) => Promise<string>;
  /** Something was carried through: the process is killed after a number of them. */
  readonly progress: () => void;
}

/** What is done with one application while everything fails, and what has to be so afterwards. */
export interface Workload {
  /** Name of the application. */
  readonly name: string;
  /** How often `progress` is called. */
  readonly total: number;
  /** What is there before anything fails. */
  readonly prepare: () => Promise<void>;
  readonly play: () => Promise<void>;
  /** Where the application differs from the emulator, or one of them from what was done: a sentence each. */
  readonly compare: () => Promise<readonly string[]>;
}

export type CreateWorkload = (world: FaultWorld) => Workload;

/** Someone of the staff. */
export function openStaff({ app }: FaultWorld): Promise<PatientPerson> {
  return openPatientPerson(app.url, app.link);
}

/** A whole number below `below`. */
export function below({ random }: Pick<FaultWorld, "random">, count: number): number {
  return Math.floor(random() * count);
}

/** Works the items off with so many workers at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  workers: number,
  work: (item: Item, worker: number) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const drain = async (worker: number): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item, worker);
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => drain(worker)));
}
