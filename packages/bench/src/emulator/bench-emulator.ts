import type { Measure } from "../measure.ts";
import { contactReads } from "./contact-reads.ts";
import { endlessLists } from "./endless-lists.ts";
import { families } from "./families.ts";
import { foreignClients } from "./foreign-clients/foreign-clients.ts";
import { manyContacts } from "./many-contacts.ts";
import { operationKinds } from "./operation-kinds.ts";
import { recordedShapes } from "./recorded-shapes.ts";
import { startTime } from "./start-time.ts";

/** What the emulator answers, and how fast. */
export async function benchEmulator(): Promise<readonly Measure[]> {
  return [
    await families("v3"),
    await families("v2"),
    ...(await operationKinds("v3")),
    ...(await operationKinds("v2")),
    await endlessLists("v3"),
    await endlessLists("v2"),
    await recordedShapes(),
    ...(await foreignClients()),
    ...(await contactReads()),
    ...(await manyContacts()),
    ...(await startTime()),
  ];
}
